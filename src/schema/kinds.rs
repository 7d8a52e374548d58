//! Which kinds of blocks exist, and which fields they may have.

use super::pattern::FieldPattern;
use super::words::WordTables;
use crate::text::TomlString;

/// Names one kind of a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// Names one field definition of a [`Schema`]; kinds that inherit a field share its definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u16);

/// All kinds and all field definitions.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The kinds, by [`KindId`].
    pub kinds: Vec<Kind>,
    /// The field definitions, by [`FieldId`].
    pub fields: Vec<FieldSchema>,
    /// What words mean, by language.
    pub words: WordTables,
    /// Whether a file that was to add to it could not be read: what it does not know may stand there.
    pub incomplete: bool,
}

/// A kind of block.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The word that begins a block of this kind.
    pub name: String,
    /// What it is, for people.
    pub doc: String,
    /// The kind whose fields it inherits.
    pub parent: Option<KindId>,
    /// An abstract kind only gathers others: no block is of it directly.
    pub is_abstract: bool,
    /// Whether a block of it may stand without an id.
    pub anonymous: bool,
    /// Whether first use in a reference declares a block of it.
    pub open: bool,
    /// Whether blocks of it, and of the kinds below it, are counted as claims.
    pub claim: bool,
    /// Whether blocks of it, and of the kinds below it, set aside the sentences that they quote.
    pub waives: bool,
    /// The kinds that a block of this kind may stand inside; empty for those that stand alone.
    pub inside: Vec<KindId>,
    /// The field that nesting fills with the outer block.
    pub nests: Option<FieldId>,
    /// The fields, in order, that a value `path text [until date]` fills; such blocks have no header.
    pub inline: Vec<FieldId>,
    /// Groups of fields whose values, taken together, may occur in one block only.
    pub unique: Vec<Vec<FieldId>>,
    /// What is proved, refuted or unknown between two blocks of this kind.
    pub lattice: Option<Lattice>,
    /// Own and inherited fields, in order of declaration, parents first.
    pub fields: Vec<FieldId>,
}

/// The fields by which containment and overlap between blocks of a kind can be proved or refuted.
#[derive(Clone, Debug)]
pub struct Lattice {
    /// The acyclic, transitive relation "lies within".
    pub order: FieldId,
    /// The symmetric relation "shares nothing with".
    pub disjoint: Option<FieldId>,
    /// A field whose value says that the direct parts of a block are pairwise disjoint.
    pub exclusive: Option<FieldId>,
    /// A field whose value must agree before two blocks are compared at all.
    pub dimension: Option<FieldId>,
}

/// What a field is called and what it may hold.
#[derive(Clone, Debug)]
pub struct FieldSchema {
    /// The name before the colon.
    pub name: String,
    /// What it says, for people.
    pub doc: String,
    /// The type of its values.
    pub holds: FieldType,
    /// How many values.
    pub card: Cardinality,
    /// Its name seen from the other end.
    pub inverse: Option<String>,
    /// The field by which the same is written at the other end, if there is one: each is called the other's inverse.
    pub counterpart: Option<FieldId>,
    /// Whether a chain of it that returns to its start is an error.
    pub acyclic: bool,
    /// Whether closures over it mean something.
    pub transitive: bool,
    /// Whether it is seen from both ends.
    pub symmetric: bool,
    /// Whether a block must not hold itself.
    pub irreflexive: bool,
    /// Whether its value is the id of the block unless another is written.
    pub from_id: bool,
    /// Whether it only tells of its block, or how it stands to others: two blocks that differ in it alone may say the same.
    pub descriptive: bool,
    /// Whether the files that it names are documents, whose words are read.
    pub document: bool,
    /// Whether another value may be proposed for it where a rule complains of it.
    pub guess: bool,
    /// The names that it had before, which are still read.
    pub was: Vec<String>,
    /// Of a field of references: the words that it takes beside them, each the name of a block that needs no declaration.
    pub words: Vec<String>,
    /// What its texts must match.
    pub pattern: Option<FieldPattern>,
    /// What it holds, as a condition about its block; no block writes such a field.
    pub computed: Option<TomlString>,
    /// The name under which the program knows what it holds; no block writes such a field.
    pub native: Option<TomlString>,
}

impl FieldSchema {
    /// Whether no block writes it: what it holds follows from others.
    pub fn is_virtual(&self) -> bool {
        self.computed.is_some() || self.native.is_some()
    }

    /// Whether it was called so before.
    pub fn had_name(&self, name: &str) -> bool {
        self.was.iter().any(|was| was == name)
    }
}

/// The type of a field's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// References to blocks of these kinds; an empty list allows every kind.
    Ref(Vec<KindId>),
    /// A text in quotation marks.
    Text,
    /// A text whose bracketed parts are marks of the quoter: `\[` stays as written.
    Words,
    /// A free word, or a text.
    Term,
    /// A number.
    Number,
    /// A day, month or year.
    Date,
    /// Two dates, either of which may be absent.
    Period,
    /// `yes` or `no`.
    Flag,
    /// One of these words.
    Enum(Vec<String>),
    /// A path of a file beneath the project root, relative to the declaring file.
    File,
    /// `yes`, or names of fields of the same block.
    Fields,
}

impl FieldType {
    /// The kinds that its references may lead to, where it holds references; an empty list allows every kind.
    pub fn kinds(&self) -> Option<&[KindId]> {
        if let FieldType::Ref(kinds) = self { Some(kinds) } else { None }
    }

    /// The words that it takes, where it takes one of a fixed list.
    pub fn choices(&self) -> Option<&[String]> {
        if let FieldType::Enum(words) = self { Some(words) } else { None }
    }
}

/// How many values a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cardinality {
    /// At least one value must stand.
    pub required: bool,
    /// More than one value may stand.
    pub many: bool,
}

impl Cardinality {
    /// The cardinality as schemas write it.
    pub fn as_str(self) -> &'static str {
        match (self.required, self.many) {
            (true, true) => "1..*",
            (true, false) => "1",
            (false, true) => "0..*",
            (false, false) => "0..1",
        }
    }
}

impl Schema {
    /// The kind that `id` names.
    ///
    /// # Panics
    /// For an id of another schema.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.0 as usize]
    }

    /// The definition that `id` names.
    ///
    /// # Panics
    /// For an id of another schema.
    pub fn field(&self, id: FieldId) -> &FieldSchema {
        &self.fields[id.0 as usize]
    }

    /// The ids of all kinds, in order of declaration.
    pub fn kind_ids(&self) -> impl Iterator<Item = KindId> + use<> {
        (0..self.kinds.len() as u16).map(KindId)
    }

    /// The ids of all field definitions, in order of declaration.
    pub fn field_ids(&self) -> impl Iterator<Item = FieldId> + use<> {
        (0..self.fields.len() as u16).map(FieldId)
    }

    /// The kind of that name.
    pub fn kind_named(&self, name: &str) -> Option<KindId> {
        self.kind_ids().find(|id| self.kind(*id).name == name)
    }

    /// The field of that name on a kind, own or inherited; where none has it, the one that had it before.
    pub fn field_of(&self, kind: KindId, name: &str) -> Option<FieldId> {
        let fields = || self.kind(kind).fields.iter().copied();
        let had = |id: &FieldId| self.field(*id).had_name(name);
        fields().find(|id| self.field(*id).name == name).or_else(|| fields().find(had))
    }

    /// Whether `kind` is `ancestor` or inherits from it.
    pub fn is_a(&self, kind: KindId, ancestor: KindId) -> bool {
        std::iter::successors(Some(kind), |kind| self.kind(*kind).parent).any(|kind| kind == ancestor)
    }

    /// Whether a reference to `kind` may stand where `allowed` are; an empty list allows all.
    pub fn allows(&self, allowed: &[KindId], kind: KindId) -> bool {
        allowed.is_empty() || allowed.iter().any(|ancestor| self.is_a(kind, *ancestor))
    }

    /// The kinds of which blocks can be, below any of `kinds`; an empty list means all.
    pub fn concrete(&self, kinds: &[KindId]) -> Vec<KindId> {
        self.kind_ids().filter(|id| !self.kind(*id).is_abstract && self.allows(kinds, *id)).collect()
    }

    /// Whether another value may be proposed for a field of blocks of a kind: what a claim says can be a misreading, what a
    /// project declares is what it is judged by.
    pub fn may_guess(&self, kind: KindId, field: FieldId) -> bool {
        self.is_claim(kind) && self.field(field).guess
    }

    /// Whether blocks of a kind are counted as claims.
    pub fn is_claim(&self, kind: KindId) -> bool {
        std::iter::successors(Some(kind), |kind| self.kind(*kind).parent).any(|kind| self.kind(kind).claim)
    }

    /// Whether blocks of a kind set aside the sentences that they quote.
    pub fn waives(&self, kind: KindId) -> bool {
        std::iter::successors(Some(kind), |kind| self.kind(*kind).parent).any(|kind| self.kind(kind).waives)
    }

    /// The lattice of a kind, own or inherited.
    pub fn lattice(&self, kind: KindId) -> Option<&Lattice> {
        std::iter::successors(Some(kind), |kind| self.kind(*kind).parent)
            .find_map(|kind| self.kind(kind).lattice.as_ref())
    }
}
