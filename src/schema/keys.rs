//! The keys of a schema file: what each holds, and what it is for.

use crate::text::TomlType::{Count, Flag, Named, OneOf, Table, Text, TextLists, TextOrTexts, Texts};
use crate::text::{TomlKey, needed_key as needed, optional_key as key};

/// The keys of a schema file.
pub const SCHEMA_KEYS: &[TomlKey] = &[
    key("kind", Named(&Table(KIND_KEYS)), "the kinds, each a table `[kind.NAME]`"),
    key("words", Named(&Named(&Table(WORD_KEYS))), "the classes of words, each a table `[words.LANGUAGE.CLASS]`"),
];

/// The keys of a `[kind.NAME]`.
pub const KIND_KEYS: &[TomlKey] = &[
    key("doc", Text, "What a block of this kind is, for the reference and for `recte explain`."),
    key("extends", Text, "The kind whose fields it has, and to which its blocks belong."),
    key("abstract", Flag, "Whether it only groups other kinds, so that no block is of it directly."),
    key("claim", Flag, "Whether its blocks, and those of the kinds that extend it, are counted as claims."),
    key("open", Flag, "Whether using a name is enough to declare a block of it, as with `action`."),
    key("anonymous", Flag, "Whether its blocks need no name."),
    key("inside", Texts, "The kinds inside whose blocks it is written, as an `article` is inside an `instrument`."),
    key("nests", Text, "The field that names the outer block."),
    key(
        "inline",
        Texts,
        "The fields that a value such as `source \"words\" until 2027-01-31` fills, in this order. Such blocks are values of fields and have no header.",
    ),
    key("unique", TextLists, "Groups of fields whose values, taken together, can occur in one block only."),
    key(
        "lattice",
        Table(LATTICE_KEYS),
        "The fields by which two blocks of it are proved to be inside or outside each other.",
    ),
    key(
        "waives",
        Flag,
        "Whether its blocks mark the sentences that they quote as left out on purpose, for the coverage.",
    ),
    key("fields", Named(&Table(FIELD_KEYS)), "Its fields, under `[kind.NAME.fields]`."),
];

/// The keys of a `lattice`.
pub const LATTICE_KEYS: &[TomlKey] = &[
    needed("order", Text, "The field that says of what a block is a part."),
    key("disjoint", Text, "The field that names blocks with which it has nothing in common."),
    key(
        "exclusive",
        Text,
        "The field whose value `exclusive` says that the direct parts of a block have nothing in common.",
    ),
    key("dimension", Text, "The field whose value must be the same for two blocks to be compared."),
];

/// The keys of a field.
pub const FIELD_KEYS: &[TomlKey] = &[
    key("doc", Text, "What it says."),
    key("to", TextOrTexts, "The kind or the kinds of block that it names, or `any`."),
    key(
        "type",
        OneOf(&["text", "words", "term", "number", "date", "period", "flag", "file", "fields"]),
        "The type of its values, if they are not names of blocks.",
    ),
    key("enum", Texts, "The words that it can have. With `to`, words that it takes beside names of blocks."),
    key(
        "card",
        OneOf(&["0..1", "1", "0..*", "1..*"]),
        "How many values it has. By default, `0..*` for names of blocks and `0..1` for anything else.",
    ),
    key("inverse", Text, "The name by which rules follow it in the other direction."),
    key("acyclic", Flag, "Whether a chain of it that returns to its start is an error (CL0011)."),
    key("transitive", Flag, "Whether a chain of it means the same as one step, as with `within`."),
    key("symmetric", Flag, "Whether it holds in both directions."),
    key("irreflexive", Flag, "Whether a block must not name itself."),
    key("from-id", Flag, "Whether its value is the name of the block, unless another is written."),
    key("guess", Flag, "Whether another value may be suggested for it. By default `true`."),
    key("descriptive", Flag, "Whether two blocks that differ in it alone may be duplicates (CL0902)."),
    key(
        "document",
        Flag,
        "Of a field of type `file`: whether the file is a document that is read, so that quotations are looked up in it. Of any other file, only the existence is checked.",
    ),
    key("was", Texts, "Names that it had earlier, which are still read."),
    key("pattern", Text, "A regular expression that the whole of each text must match."),
    key(
        "computed",
        Text,
        "A path or a set of the rule language that gives its values; `this` is the block. Nobody writes such a field.",
    ),
    key(
        "native",
        Text,
        "The name of a fact that recte finds in the text, such as `words money`. Nobody writes such a field.",
    ),
];

/// The keys of a `[words.LANGUAGE.CLASS]`.
pub const WORD_KEYS: &[TomlKey] = &[
    key("doc", Text, "What the class is for."),
    key("are", Texts, "The words and phrases."),
    key("was", Texts, "Names that the class had earlier, which are still read."),
    key("worth", Named(&Count), "Of `numeral` and `multiplier`: the value of each word."),
    key("not-after", Texts, "Words after which they mean something else."),
    key("beside", Flag, "Whether the words of a phrase keep the meaning that each has alone."),
    key("not-in-capitals", Flag, "Whether they mean something else in capitals."),
    key("alone", Flag, "Whether they count only before a comma, a bracket or the end."),
];
