//! The keys of a rule file: what each holds, and what it is for.

use crate::text::TomlType::{Flag, Named, OneOf, Param, Table, TableOrTables, Tables, Text, Texts};
use crate::text::{TomlKey, needed_key as needed, optional_key as key};

/// The keys of a `[[rule]]`.
pub const RULE: &[TomlKey] = &[
    needed("code", Text, "the permanent code: capital letters and digits, such as `ACME0001`"),
    needed("name", Text, "the permanent name: lowercase words joined by hyphens"),
    key("was", Texts, "names that it had earlier, which are still read"),
    key("for", Text, "the blocks to which the rule applies, each with a name, such as `statement s`"),
    key("when", Text, "restricts the rule to some of them; without it, the rule applies to all"),
    key("require", Text, "what must hold; a rule has either `require` or `forbid`"),
    key("forbid", Text, "what must not hold"),
    key("message", Text, "what is wrong, with paths in braces"),
    key("labels", Tables(LABEL), "where; by default, the first name in `for`"),
    key("help", Text, "the next step; by default, the titles of the fixes"),
    key("fix", TableOrTables(FIX), "changes to the claims that correct what the rule finds"),
    key(
        "severity",
        OneOf(&["error", "warning", "info", "off"]),
        "the level unless a project sets another; by default `warning`",
    ),
    key("category", Text, "the group under which a project can set the level; by default `house`"),
    key("why", Text, "one sentence: why it matters; by default, the name in words"),
    key("docs", Text, "the description that `recte explain` shows"),
    key("since", Text, "the version that introduced the rule"),
    key("tags", Texts, "words by which to find the rule"),
    key("refs", Texts, "where the rule comes from"),
    key("params", Named(&Param), "values that conditions use as `$name`, and that a project can set"),
    key("cross", Flag, "whether every pair of blocks is to be compared"),
    key("chain", Table(CHAIN), "the steps between two blocks, which the finding shows"),
    key("group", Table(GROUP), "which blocks are one finding together"),
    key("case", Tables(CASE), "the ways in which a rule can be violated, if there are several"),
    key("bad", Tables(EXAMPLE), "examples that the rule reports at the lines marked with `#!` and its code"),
    key("good", Tables(EXAMPLE), "examples that the rule does not report"),
    key("document", Text, "what the document `text.txt` of the examples contains"),
    key("engine", OneOf(&["condition", "native"]), "`native` for rules that recte itself raises"),
    key("examples", OneOf(&["here", "cases"]), "`cases` if the examples of a built-in rule are elsewhere"),
    key("ignorable", Flag, "whether `allow` can suppress the findings; by default `true`"),
    key("unchecked", Flag, "whether a finding means that something was not checked"),
];

/// The keys of a `[[rule.case]]`.
const CASE: &[TomlKey] = &[
    key("for", Text, "the blocks to which the case applies"),
    key("when", Text, "restricts it to some of them"),
    key("require", Text, "what must hold"),
    key("forbid", Text, "what must not hold"),
    key("message", Text, "what is wrong"),
    key("labels", Tables(LABEL), "where; by default, the first name in `for`"),
    key("help", Text, "the next step"),
    key("chain", Table(CHAIN), "the steps between two blocks"),
    key("group", Table(GROUP), "which blocks are one finding together"),
    key("cross", Flag, "whether every pair of blocks is to be compared"),
    key("fix", TableOrTables(FIX), "changes that correct what the case finds"),
    key("edits", Tables(EDIT), "the edits of the one fix that the rule names"),
];

const LABEL: &[TomlKey] = &[
    needed("at", Text, "a name, a field such as `s.scope`, or one of its values such as `s.cites[a]`"),
    needed("text", Text, "what is said at the place"),
    key("primary", Flag, "whether the finding is located there; by default, the first label is"),
    key("first", Flag, "of a group: whether it marks the first member"),
];

const FIX: &[TomlKey] = &[
    needed("title", Text, "what it does, such as ``write `inferred: yes` ``"),
    needed("safety", OneOf(&["safe", "suggested", "shown", "manual"]), "`safe`, `suggested` or `shown`"),
    key("edits", Tables(EDIT), "the edits that belong together"),
];

const EDIT: &[TomlKey] = &[
    key("replace", Text, "the position of the text that is replaced"),
    key("set", Text, "the field that is set"),
    key("add", Text, "the field to which a value is added"),
    key("remove", Text, "what is removed"),
    key("rename", Text, "what is renamed"),
    key("insert-block", Text, "the block after which another is inserted"),
    key("with", Text, "the new text"),
];

const CHAIN: &[TomlKey] = &[
    needed("from", Text, "the name at which it begins"),
    needed("along", Text, "the field that it follows"),
    needed("to", Text, "the name at which it ends"),
    needed("step", Text, "what a step is called"),
];

const GROUP: &[TomlKey] = &[
    needed("of", Text, "the name of the members"),
    key("by", Texts, "what the members have in common"),
    key("with", Text, "the name to which each member is linked"),
];

const EXAMPLE: &[TomlKey] = &[
    needed("code", Text, "the claims of the example"),
    key("fixed", Text, "the claims after the first fix"),
    key("document", Text, "what the document `text.txt` of this example contains"),
    key("params", Named(&Param), "parameters that the example sets, as a project would"),
];

/// The keys of an entry of `[define]`.
pub const DEFINE: &[TomlKey] = &[
    key("params", Named(&Text), "the parameters with their types, such as `{ s = \"statement\" }`"),
    needed("is", Text, "the condition"),
];

#[cfg(test)]
mod tests {
    use super::{CASE, CHAIN, DEFINE, EDIT, EXAMPLE, FIX, GROUP, LABEL, RULE};
    use crate::rule::pack::written;
    use crate::text::toml_keys::{known, read};

    #[test]
    fn the_keys_are_those_that_are_read() {
        assert_eq!(known(RULE), read::<written::WrittenRule>());
        assert_eq!(known(CASE), read::<written::WrittenCase>());
        assert_eq!(known(LABEL), read::<written::WrittenLabel>());
        assert_eq!(known(FIX), read::<written::WrittenFix>());
        assert_eq!(known(EDIT), read::<written::WrittenEdit>());
        assert_eq!(known(CHAIN), read::<written::WrittenChain>());
        assert_eq!(known(GROUP), read::<written::WrittenGroup>());
        assert_eq!(known(EXAMPLE), read::<written::WrittenExample>());
        assert_eq!(known(DEFINE), read::<written::WrittenDefine>());
    }
}
