//! What is wrong with a text that is not TOML, in words for the people who write rules and settings.

use toml::de::Error;

/// What is wrong with a text that is not TOML, and the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TomlMistake {
    /// What is wrong at the place.
    pub wrong: &'static str,
    /// How it is written.
    pub next: &'static str,
}

/// Where no row of the table says more.
const UNKNOWN: TomlMistake = TomlMistake {
    wrong: "this is not valid TOML",
    next: "write `key = value` on a line of its own, with texts in quotation marks",
};

const ESCAPES: &str = "write the text between single quotation marks, where `\\` has no special meaning";
const NUMBERS: &str = "write digits, with a point for decimals; a text needs quotation marks";

/// What the parser says, by a part of it, and what is said instead. The first row that fits counts.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("duplicate key", "this key or table occurs twice", "remove one of the two, or merge them"),
    ("cannot extend value", "this key or table occurs twice", "remove one of the two, or merge them"),
    ("unclosed array table", "the name of this table is not closed", "write `]]` after the name"),
    ("unclosed table", "the name of this table is not closed", "write `]` after the name"),
    ("unclosed array", "this list is not closed", "write `]` after its last value"),
    ("unclosed inline table", "this table is not closed", "write `}` after its last value"),
    ("missing table open", "this `]` has no `[` before it", "write the name of a table as `[name]`"),
    ("array opening", "this `]` has no `[` before it", "remove it, or write `[` before the first value"),
    ("inline table opening", "this `}` has no `{` before it", "remove it, or write `{` before the first key"),
    ("key with no value", "this key has no value", "write `key = value`"),
    ("missing value", "this key has no value", "write the value after `=`; a text needs quotation marks"),
    (
        "must be quoted",
        "this value is no number, and a text needs quotation marks",
        "write a text as 'text'; write commas between several values",
    ),
    ("opening quote", "this text has no opening quotation mark", "write the same mark before it and after it"),
    ("extra comma", "there is a comma too many", "remove it"),
    ("missing comma", "there is no comma between two values", "write a comma between them"),
    ("`=` in array", "a list holds values, not keys", "write `{ key = value }` for a table in a list"),
    ("extra `=`", "there is a `=` too many", "remove it, or put the text in quotation marks"),
    ("extra assignment", "there is a `=` too many", "remove it, or put the text in quotation marks"),
    ("missing assignment", "there is no `=` between a key and its value", "write `key = value`"),
    ("missing key", "there is no key before this", "write `key = value`"),
    ("table element", "a table in braces holds keys with values", "write `{ key = value }`"),
    ("multi-line", "a key must be on one line", "write the key without quotation marks"),
    ("unquoted key", "this is not a valid key", "write letters, digits, `-` and `_`, or put it in quotation marks"),
    ("escape", "this escape does not exist", ESCAPES),
    ("unicode", "this escape does not exist", ESCAPES),
    ("invalid value", "this escape does not exist", ESCAPES),
    ("unexpected key or value", "something follows the value on its line", "start a new line for the next key"),
    ("unexpected content", "something follows that does not belong here", "start a new line for the next key"),
    (
        "string",
        "this text is not closed, or contains a control character",
        "write the same mark before it and after it",
    ),
    ("recurs", "lists or tables are nested too deeply", "remove some of the levels"),
    ("carriage return", "a carriage return stands without a line break", "save the file with ordinary line endings"),
    ("comment", "a comment contains a control character", "remove it"),
    ("radix", "this number is not valid", NUMBERS),
    ("sign", "this number is not valid", NUMBERS),
    ("zero", "this number is not valid", NUMBERS),
    ("digits", "this number is not valid", NUMBERS),
    ("number", "this number is not valid", NUMBERS),
    ("integer", "this number is not valid", NUMBERS),
    ("float", "this number is not valid", NUMBERS),
    ("date", "this date does not exist", "write a date as 2027-01-31"),
];

impl TomlMistake {
    /// What an error of the parser means to those who wrote the text.
    pub fn of(error: &Error) -> TomlMistake {
        let said = error.message();
        // Where nothing stands, there is nothing to be quoted.
        let is_nothing = said.contains("must be quoted") && error.span().is_none_or(|at| at.is_empty());
        let said = if is_nothing { "missing value" } else { said };
        // A text over several lines may lack its end; a key may not go over several.
        let fits = |part: &str| said.contains(part) && (part != "multi-line" || said.contains("keys"));
        let row = MISTAKES.iter().find(|(part, _, _)| fits(part));
        row.map_or(UNKNOWN, |(_, wrong, next)| TomlMistake { wrong, next })
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::TomlMistake;

    fn wrong(text: &str) -> &'static str {
        let (_, errors) = DeTable::parse_recoverable(text);
        errors.first().map_or("nothing", |error| TomlMistake::of(error).wrong)
    }

    #[test]
    fn a_mistake_is_told_in_our_words() {
        let mistakes = [
            ("a = 1\na = 2", "this key or table occurs twice"),
            ("[a]\n[a]", "this key or table occurs twice"),
            ("a = [1]\n[a.b]\nc = 1", "this key or table occurs twice"),
            ("[rule", "the name of this table is not closed"),
            ("[[rule", "the name of this table is not closed"),
            ("a = [1, 2", "this list is not closed"),
            ("a = {b = 1", "this table is not closed"),
            ("a", "this key has no value"),
            ("a =", "this key has no value"),
            ("a = word", "this value is no number, and a text needs quotation marks"),
            ("a = word\"", "this text has no opening quotation mark"),
            ("a = \"word", "this text is not closed, or contains a control character"),
            ("a = '''word", "this text is not closed, or contains a control character"),
            ("a = [1 2]", "this value is no number, and a text needs quotation marks"),
            ("a = [1,, 2]", "there is a comma too many"),
            ("a = = 1", "there is a `=` too many"),
            ("a = {b 1}", "there is no `=` between a key and its value"),
            ("a = \"\\d\"", "this escape does not exist"),
            ("a = \"\\u12\"", "this escape does not exist"),
            ("a = 1 b = 2", "something follows the value on its line"),
            ("a = 012", "this number is not valid"),
            ("a = 1__2", "this number is not valid"),
            ("é = 1", "this is not a valid key"),
            ("= 1", "this is not a valid key"),
            ("a = 2027-02-31", "this date does not exist"),
        ];
        let found: Vec<(&str, &str)> = mistakes.iter().map(|(text, _)| (*text, wrong(text))).collect();
        assert_eq!(found, mistakes);
    }
}
