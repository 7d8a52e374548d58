//! What is said about a rule, apart from what it judges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::level::Level;
use crate::condition::Param;
use crate::diagnostic::{Code, Diagnostic, FormerName, Safety};
use crate::text::{Span, Spanned};

/// Everything that a rule table says for people, reports and configuration.
#[derive(Clone, Debug)]
pub struct RuleMeta {
    /// The code, given once, for ever.
    pub code: Code,
    /// The name, which reads well after "allow".
    pub name: String,
    /// The names that it had before, which are still read.
    pub was: Vec<String>,
    /// How much its findings weigh unless the project says otherwise.
    pub severity: Level,
    /// The group that it is configured with.
    pub category: String,
    /// The version that brought it; may be empty.
    pub since: String,
    /// Free words to find it by.
    pub tags: Vec<String>,
    /// One sentence: why it matters.
    pub why: String,
    /// What, why, what to do, when to allow.
    pub docs: String,
    /// The next step as written, templates included.
    pub help: Option<String>,
    /// What resolves its findings: possible answers, each by itself.
    pub fixes: Vec<Remedy>,
    /// Where the rule comes from.
    pub refs: Vec<String>,
    /// Where its findings come from.
    pub engine: Engine,
    /// Whether a finding means that part of the input was not checked.
    pub unchecked: bool,
    /// Whether `allow:` silences it.
    pub ignorable: bool,
    /// The values that conditions read as `$name`, and their values unless the project sets others.
    pub params: BTreeMap<String, Param>,
    /// What breaks it, and what looks alike and does not.
    pub examples: Examples,
    /// The header of the table in its rule file.
    pub span: Span,
}

/// What to call a fix, and how far to trust it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What it does, as an order.
    pub title: String,
    /// Who must look at it first.
    pub safety: Safety,
}

impl Remedy {
    /// The title for those who look at no finding, with dots where it says what was found.
    pub fn in_general(&self) -> String {
        let mut gaps = self.title.split('{');
        let first = gaps.next().unwrap_or_default().to_owned();
        gaps.fold(first, |text, gap| text + "..." + gap.split_once('}').map_or(gap, |(_, rest)| rest))
    }
}

/// Where the findings of a rule come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// The conditions of its table.
    #[default]
    Condition,
    /// The program itself.
    Native,
}

/// Where the examples of a rule stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExampleSite {
    /// In its table.
    #[default]
    Here,
    /// In folders under `tests/cases`.
    Cases,
}

/// The examples of a rule; each is one file of a small project, called [`EXAMPLE_NAME`].
///
/// [`EXAMPLE_NAME`]: crate::rule::EXAMPLE_NAME
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Where examples are to be found.
    pub shown: ExampleSite,
    /// Projects that break the rule, at the lines marked with `#!`.
    pub bad: Vec<Example>,
    /// Projects that keep it.
    pub good: Vec<Example>,
}

/// One example: the claims of a small project.
#[derive(Clone, Debug)]
pub struct Example {
    /// The claims, where they stand in the rule file.
    pub code: Spanned<String>,
    /// What the fix makes of them, where that is shown.
    pub fixed: Option<Spanned<String>>,
    /// What the document says that they quote, where that matters.
    pub document: Option<String>,
    /// The parameters that a project would set.
    pub params: BTreeMap<String, Param>,
}

impl RuleMeta {
    /// Whether a bad and a good example are expected in its table.
    pub fn needs_examples(&self) -> bool {
        self.examples.shown == ExampleSite::Here && !self.is_about_configuration()
    }

    /// Whether it is about the configuration, the schema or the rules rather than the claims.
    pub fn is_about_configuration(&self) -> bool {
        matches!(self.category.as_str(), "rules" | "configuration")
    }

    /// Whether a finding of it means that others may be missing: something was not read, or not understood.
    pub fn hides_others(&self) -> bool {
        self.unchecked || self.is_about_syntax() || self.is_about_configuration() && self.severity == Level::Error
    }

    /// Whether a finding of it means that rules stay silent on some of the claims around it, because of a
    /// value that could not be read.
    pub fn silences_others(&self) -> bool {
        let about_values = self.engine == Engine::Native && self.category == "structure";
        self.hides_others() || about_values && self.severity == Level::Error
    }

    /// Whether it is about the spelling of claims, which every reader stumbles over alike.
    pub fn is_about_syntax(&self) -> bool {
        self.category == "syntax"
    }

    /// Whether it is about exceptions on record.
    pub fn is_about_exceptions(&self) -> bool {
        self.category == "exceptions"
    }

    /// Whether `subject` is the code or the name of the rule, or a name that it had before.
    pub fn is_called(&self, subject: &str) -> bool {
        self.code.as_str() == subject || self.name == subject || self.had_name(subject)
    }

    /// Whether it was called so before.
    pub fn had_name(&self, name: &str) -> bool {
        self.was.iter().any(|was| was == name)
    }

    /// The report of a former name, where it is written; nothing for any other word.
    pub(crate) fn former_name(&self, written: &str, at: Span, code: Code) -> Option<Diagnostic> {
        let former = FormerName { what: "rule", former: written, name: &self.name, at };
        self.had_name(written).then(|| former.report(code))
    }
}

#[cfg(test)]
impl RuleMeta {
    /// A rule about scopes with one parameter, `max`, which is 3.
    pub(crate) fn sample(code: &'static str, name: &str) -> RuleMeta {
        RuleMeta {
            code: Code::native(code),
            name: name.to_owned(),
            was: Vec::new(),
            severity: Level::Error,
            category: "scope".to_owned(),
            since: String::new(),
            tags: Vec::new(),
            why: String::new(),
            docs: String::new(),
            help: None,
            fixes: Vec::new(),
            refs: Vec::new(),
            engine: Engine::Condition,
            unchecked: false,
            ignorable: true,
            params: [("max".to_owned(), Param::Integer(3))].into(),
            examples: Examples::default(),
            span: Span::file(crate::text::Sources::new().add("recte.toml", "")),
        }
    }
}
