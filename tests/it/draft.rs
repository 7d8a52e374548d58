//! Random projects that the schema admits: all references lead somewhere, and much of what rules look for is there.

use recte::schema::{FieldId, FieldSchema, FieldType, KindId, Schema};

use crate::support::{Random, Texts};

/// A project before it is written.
#[derive(Clone)]
pub struct Draft {
    /// The namespace of all files, or nothing.
    pub head: &'static str,
    /// What the document says that all sources stand for.
    pub document: String,
    /// By file.
    pub files: Vec<Vec<Block>>,
}

/// A block before it is written.
#[derive(Clone)]
pub struct Block {
    pub kind: String,
    pub id: String,
    pub title: Option<String>,
    pub fields: Vec<(String, Vec<String>)>,
    pub inner: Vec<Block>,
}

/// How many blocks of a kind there are: the least, and how many more there can be.
const VOCABULARY: [(&str, usize, usize); 7] = [
    ("source", 1, 2),
    ("actor", 3, 3),
    ("scope", 3, 4),
    ("purpose", 2, 3),
    ("condition", 2, 3),
    ("action", 2, 3),
    ("instrument", 1, 3),
];

// None of them stands in a sentence: what a thing is called there must not change with its name.
const NAMES: [&str; 14] = [
    "harbour",
    "harbours",
    "far-coast",
    "farcoast",
    "near-coast",
    "house_rent",
    "Holder",
    "holders",
    "rest-and-peace",
    "district",
    "districts",
    "use-areas",
    "lessors",
    "lessor",
];
const TITLES: [&str; 6] = ["the Far East", "the tenant", "the use of areas", "Japan", "12 ships", "Article 2 is vital"];
const SENTENCES: [&str; 14] = [
    "The tenant shall pay the rent under Article 2.",
    "The landlord may use the areas in the Far East.",
    "Therefore the tenant must not keep the ships.",
    "If the treaty ends, Japan shall leave the region.",
    "In other words, this is difficult for Japan.",
    "Article 3 states that 12 ships may be used.",
    "It is necessary to keep peace in order to protect Japan.",
    "The board believes that the danger is not necessarily real.",
    "However, we intend to pay apples or pears.",
    "As a result, the use of areas is extremely vital.",
    "Specifically, things such as apples and pears are meant.",
    "The tenant will now be entitled to apples.",
    "This leads to fires.",
    "The Peace of the Far East",
];
const TEXTS: [&str; 5] = ["\"apples\"", "\"pears\"", "\"the Far East\"", "\"12\"", "\"it's \\\"odd\\\"\""];
const TERMS: [&str; 4] = ["C1", "alliance", "\"due to\"", "Consequently"];
const DATES: [&str; 5] = ["1951", "1960-06-23", "1960-06", "2020", "2030-12-31"];
const PERIODS: [&str; 5] = ["1951..1960", "1960-06-23..", "..1970", "1960..1960-06", "1970..2030"];

/// A block that is to be filled: its kind, its id as others write it, its place in the order of declaration.
struct Planned {
    kind: KindId,
    path: String,
}

/// Makes one project.
struct Drafter<'a> {
    schema: &'a Schema,
    random: Random,
    planned: Vec<Planned>,
}

impl Draft {
    /// The project of that number.
    pub fn random(schema: &Schema, seed: u64) -> Draft {
        // The generator needs bits of all sizes, and never only zeros.
        let random = Random((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut drafter = Drafter { schema, random, planned: Vec::new() };
        for _ in 0..8 {
            drafter.random.below(2);
        }
        drafter.plan();
        drafter.draft()
    }

    /// The project as files, named in their order.
    pub fn texts(&self) -> Texts {
        let name = |at: usize| format!("{}.claims", (b'a' + (at % 26) as u8) as char);
        let mut texts: Texts = Texts::default();
        for (at, blocks) in self.files.iter().enumerate() {
            texts.0.insert(name(at), self.page(blocks));
        }
        texts.0.insert("text.txt".to_owned(), self.document.clone());
        texts
    }

    /// The text of one file.
    pub fn page(&self, blocks: &[Block]) -> String {
        let blocks: Vec<String> = blocks.iter().map(Block::text).collect();
        format!("{}{}\n", self.head, blocks.join("\n\n"))
    }
}

impl Block {
    fn text(&self) -> String {
        let title = self.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
        let fields = self.fields.iter().map(|(name, values)| format!("  {name}: {}", values.join(", ")));
        let lines: Vec<String> = fields.chain(self.inner.iter().map(Block::text)).collect();
        format!("{} {}{title} {{\n{}\n}}", self.kind, self.id, lines.join("\n"))
    }
}

impl Drafter<'_> {
    fn plan(&mut self) {
        let mut names = NAMES.to_vec();
        self.random.shuffle(&mut names);
        for (kind, least, more) in VOCABULARY {
            for number in 0..least + self.random.below(more) {
                let known = if self.random.chance(2) { names.pop() } else { None };
                let path = known.map_or_else(|| format!("{kind}-{number}"), str::to_owned);
                self.add(kind, path.clone());
                let articles = if kind == "instrument" { 1 + self.random.below(3) } else { 0 };
                for article in 1..=articles {
                    self.add("article", format!("{path}/{article}"));
                }
            }
        }
        let below = |ancestor: &str| {
            let ancestor = self.schema.kind_named(ancestor).unwrap();
            self.schema.concrete(&[ancestor])
        };
        let (statements, norms) = (below("statement"), below("norm"));
        for number in 0..8 + self.random.below(14) {
            let kinds = if self.random.chance(2) { &statements } else { &norms };
            let kind = kinds[self.random.below(kinds.len())];
            self.planned.push(Planned { kind, path: format!("statement-{number}") });
        }
    }

    fn add(&mut self, kind: &str, path: String) {
        self.planned.push(Planned { kind: self.schema.kind_named(kind).unwrap(), path });
    }

    fn draft(&mut self) -> Draft {
        let head = if self.random.chance(2) { "namespace lease\n" } else { "" };
        let mut files: Vec<Vec<Block>> = vec![Vec::new(); 1 + self.random.below(3)];
        let mut last = 0;
        for at in 0..self.planned.len() {
            let block = self.block(at);
            if block.kind == "article" {
                files[last].last_mut().unwrap().inner.push(block);
            } else {
                last = self.random.below(files.len());
                files[last].push(block);
            }
        }
        files.retain(|blocks| !blocks.is_empty());
        let said: Vec<&str> = SENTENCES.iter().copied().filter(|_| !self.random.chance(4)).collect();
        Draft { head, document: format!("{}\n", said.join(" ")), files }
    }

    fn block(&mut self, at: usize) -> Block {
        let Planned { kind, path } = &self.planned[at];
        let (kind, id) = (*kind, path.rsplit('/').next().unwrap().to_owned());
        let title = self.random.chance(2).then(|| self.random.pick(&TITLES).to_owned());
        let mut fields = Vec::new();
        for id in self.schema.kind(kind).fields.clone() {
            let field = self.schema.field(id).clone();
            let is_filled = field.is_virtual() || field.name == "allow" || self.schema.kind(kind).nests == Some(id);
            if is_filled || !(field.card.required || self.is_wanted(&field.name)) {
                continue;
            }
            let values = self.values(at, (id, &field));
            if !values.is_empty() {
                fields.push((field.name.clone(), values));
            }
        }
        Block { kind: self.schema.kind(kind).name.clone(), id, title, fields, inner: Vec::new() }
    }

    fn is_wanted(&mut self, name: &str) -> bool {
        match name {
            "quote" => !self.random.chance(4),
            "cites" | "scope" | "because" | "within" | "part-of" | "language" => self.random.chance(2),
            _ => self.random.chance(5),
        }
    }

    fn values(&mut self, at: usize, (id, field): (FieldId, &FieldSchema)) -> Vec<String> {
        let several = if field.card.many { 1 + self.random.below(2) } else { 1 };
        let mut values: Vec<String> = match &field.holds {
            FieldType::Ref(kinds) if kinds.iter().any(|kind| self.schema.kind(*kind).name == "quote") => {
                (0..several).map(|_| self.quotation()).collect()
            }
            FieldType::Ref(kinds) => self.references(at, (kinds, field), several),
            FieldType::Enum(words) => vec![words[self.random.below(words.len())].clone()],
            FieldType::Text | FieldType::Words => (0..several).map(|_| self.random.pick(&TEXTS).to_owned()).collect(),
            FieldType::Term if field.name == "language" => vec![self.random.pick(&["en", "en", "zz"]).to_owned()],
            FieldType::Term => (0..several).map(|_| self.random.pick(&TERMS).to_owned()).collect(),
            FieldType::Number => vec![self.random.pick(&["-2", "0", "2.5", "30"]).to_owned()],
            FieldType::Date => vec![self.random.pick(&DATES).to_owned()],
            FieldType::Period => vec![self.random.pick(&PERIODS).to_owned()],
            FieldType::Flag => vec![self.random.pick(&["yes", "no"]).to_owned()],
            FieldType::File => vec!["\"text.txt\"".to_owned()],
            FieldType::Fields => vec![self.other_field(at, id)],
        };
        values.sort();
        values.dedup();
        values
    }

    fn other_field(&mut self, at: usize, own: FieldId) -> String {
        let fields = &self.schema.kind(self.planned[at].kind).fields;
        let others: Vec<&str> = fields
            .iter()
            .filter(|field| **field != own && !self.schema.field(**field).is_virtual())
            .map(|field| self.schema.field(*field).name.as_str())
            .collect();
        if self.random.chance(3) { "yes".to_owned() } else { self.random.pick(&others).to_owned() }
    }

    /// Fields without cycles lead backwards, those that blocks must not hold of themselves to others.
    fn references(&mut self, at: usize, (kinds, field): (&[KindId], &FieldSchema), several: usize) -> Vec<String> {
        let fits = |(other, planned): &(usize, &Planned)| {
            self.schema.allows(kinds, planned.kind)
                && !(field.acyclic && *other >= at)
                && !(field.irreflexive && *other == at)
        };
        let mut fitting: Vec<String> =
            self.planned.iter().enumerate().filter(fits).map(|(_, planned)| planned.path.clone()).collect();
        self.random.shuffle(&mut fitting);
        fitting.truncate(several);
        fitting
    }

    fn quotation(&mut self) -> String {
        let source = self.schema.kind_named("source").unwrap();
        let sources: Vec<&str> =
            self.planned.iter().filter(|planned| planned.kind == source).map(|planned| planned.path.as_str()).collect();
        let mut words: Vec<&str> = self.random.pick(&SENTENCES).split(' ').collect();
        if self.random.chance(4) {
            let at = self.random.below(words.len());
            words[at] = self.random.pick(&["[...]", "[must not]", "[shall]"]);
        }
        format!("{} \"{}\"", self.random.pick(&sources), words.join(" "))
    }
}
