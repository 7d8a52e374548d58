//! Rule files as they are written: one serde type for each table of the format.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned as At;

use super::toml_text::span;
use crate::condition::Param;
use crate::diagnostic::{Code, Safety};
use crate::rule::level::Level;
use crate::rule::meta::{Engine, Example, ExampleSite, Examples, Remedy, RuleMeta};
use crate::text::{Span, Spanned};

/// One line of `[define]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenDefine {
    /// What it takes, in the order written.
    #[serde(default)]
    pub(crate) params: BTreeMap<At<String>, At<String>>,
    pub(crate) is: At<String>,
}

/// One `[[rule]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WrittenRule {
    pub(crate) code: At<String>,
    pub(crate) name: At<String>,
    /// The names that it had before.
    #[serde(default)]
    pub(crate) was: Vec<At<String>>,
    #[serde(default = "usual_severity")]
    pub(crate) severity: Level,
    #[serde(default = "usual_category")]
    pub(crate) category: String,
    pub(crate) why: Option<String>,
    #[serde(default)]
    pub(crate) since: String,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    #[serde(default)]
    pub(crate) docs: String,
    #[serde(default)]
    pub(crate) refs: Vec<String>,
    #[serde(default)]
    pub(crate) params: BTreeMap<String, Param>,
    #[serde(default)]
    pub(crate) engine: Engine,
    #[serde(default)]
    pub(crate) unchecked: bool,
    #[serde(default = "yes")]
    pub(crate) ignorable: bool,
    #[serde(default)]
    pub(crate) examples: ExampleSite,
    pub(crate) document: Option<String>,
    #[serde(default)]
    pub(crate) fix: WrittenFixes,
    pub(crate) r#for: Option<At<String>>,
    pub(crate) when: Option<At<String>>,
    pub(crate) require: Option<At<String>>,
    pub(crate) forbid: Option<At<String>>,
    pub(crate) message: Option<At<String>>,
    #[serde(default)]
    pub(crate) labels: Vec<WrittenLabel>,
    pub(crate) help: Option<At<String>>,
    pub(crate) chain: Option<WrittenChain>,
    pub(crate) group: Option<WrittenGroup>,
    #[serde(default)]
    pub(crate) cross: bool,
    #[serde(default)]
    pub(crate) case: Vec<At<WrittenCase>>,
    #[serde(default)]
    pub(crate) bad: Vec<WrittenExample>,
    #[serde(default)]
    pub(crate) good: Vec<WrittenExample>,
}

/// One `[[rule.case]]` table, or the part of a `[[rule]]` table that says the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenCase {
    pub(crate) r#for: Option<At<String>>,
    pub(crate) when: Option<At<String>>,
    pub(crate) require: Option<At<String>>,
    pub(crate) forbid: Option<At<String>>,
    pub(crate) message: Option<At<String>>,
    #[serde(default)]
    pub(crate) labels: Vec<WrittenLabel>,
    pub(crate) help: Option<At<String>>,
    pub(crate) chain: Option<WrittenChain>,
    pub(crate) group: Option<WrittenGroup>,
    #[serde(default)]
    pub(crate) cross: bool,
    #[serde(default)]
    pub(crate) fix: WrittenFixes,
    /// The edits of the one fix that the rule itself names.
    #[serde(default)]
    pub(crate) edits: Vec<WrittenEdit>,
}

/// The value of `fix`: one table, or several, each a possible answer.
#[derive(Clone, Default)]
pub(crate) struct WrittenFixes(pub(crate) Vec<WrittenFix>);

/// One possible answer.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenFix {
    pub(crate) title: At<String>,
    pub(crate) safety: Safety,
    #[serde(default)]
    pub(crate) edits: Vec<WrittenEdit>,
}

/// One element of `edits`: one verb with a place, and with most of them what comes there.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WrittenEdit {
    replace: Option<At<String>>,
    set: Option<At<String>>,
    add: Option<At<String>>,
    remove: Option<At<String>>,
    rename: Option<At<String>>,
    insert_block: Option<At<String>>,
    pub(crate) with: Option<At<String>>,
}

impl<'de> Deserialize<'de> for WrittenFixes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<WrittenFixes, D::Error> {
        deserializer.deserialize_any(OneOrSeveral)
    }
}

/// Reads one fix or a list of them. (An untagged enum would lose the places of texts.)
struct OneOrSeveral;

impl<'de> Visitor<'de> for OneOrSeveral {
    type Value = WrittenFixes;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a fix, or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenFixes, A::Error> {
        let one = WrittenFix::deserialize(MapAccessDeserializer::new(map))?;
        Ok(WrittenFixes(vec![one]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<WrittenFixes, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(WrittenFixes)
    }
}

/// What an edit does at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditAction {
    Replace,
    Set,
    Add,
    Remove,
    Rename,
    InsertBlock,
}

impl WrittenEdit {
    /// Every verb that it has, with its place.
    pub(crate) fn verbs(&self) -> Vec<(EditAction, &At<String>)> {
        let all = [
            (EditAction::Replace, &self.replace),
            (EditAction::Set, &self.set),
            (EditAction::Add, &self.add),
            (EditAction::Remove, &self.remove),
            (EditAction::Rename, &self.rename),
            (EditAction::InsertBlock, &self.insert_block),
        ];
        all.into_iter().filter_map(|(verb, at)| Some((verb, at.as_ref()?))).collect()
    }

    /// Where any of it stands.
    pub(crate) fn span(&self) -> std::ops::Range<usize> {
        let verbs = self.verbs();
        let first = verbs.first().map(|(_, at)| *at).or(self.with.as_ref());
        first.map(At::span).unwrap_or_default()
    }
}

/// One element of `labels`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenLabel {
    pub(crate) at: At<String>,
    pub(crate) text: At<String>,
    #[serde(default)]
    pub(crate) primary: bool,
    /// Of a group: whether it stands at the first member.
    #[serde(default)]
    pub(crate) first: bool,
}

/// The value of `chain`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenChain {
    pub(crate) from: At<String>,
    pub(crate) along: At<String>,
    pub(crate) to: At<String>,
    pub(crate) step: String,
}

/// The value of `group`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenGroup {
    pub(crate) of: At<String>,
    #[serde(default)]
    pub(crate) by: Vec<At<String>>,
    pub(crate) with: Option<At<String>>,
}

impl WrittenGroup {
    /// It in TOML.
    pub(crate) fn text(&self) -> String {
        let quoted = |text: &At<String>| format!("{:?}", text.get_ref());
        let tie = match &self.with {
            Some(with) => format!("with = {}", quoted(with)),
            None => format!("by = [{}]", self.by.iter().map(quoted).collect::<Vec<_>>().join(", ")),
        };
        format!("{{ of = {}, {tie} }}", quoted(&self.of))
    }
}

/// One `[[rule.bad]]` or `[[rule.good]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenExample {
    pub(crate) code: At<String>,
    pub(crate) fixed: Option<At<String>>,
    pub(crate) document: Option<String>,
    #[serde(default)]
    pub(crate) params: BTreeMap<String, Param>,
}

/// What a rule judges, as written: in its own table, in tables beneath it, or not at all.
pub(crate) struct WrittenCases {
    pub(crate) own: Option<WrittenCase>,
    pub(crate) several: Vec<At<WrittenCase>>,
}

impl WrittenRule {
    /// Parts what is said about the rule from what it judges.
    pub(crate) fn split(mut self, header: Span) -> (RuleMeta, WrittenCases) {
        let help = self.help.as_ref().map(|help| help.get_ref().clone());
        let mut fixes = self.fix.remedies();
        let cases = self.take_cases();
        fixes.extend(cases.several.iter().flat_map(|case| case.get_ref().fix.remedies()));
        let place = |text: At<String>| {
            let at = span(header.source, text.span());
            Spanned::new(text.into_inner(), at)
        };
        let document = self.document;
        let example = |written: WrittenExample| Example {
            code: place(written.code),
            fixed: written.fixed.map(place),
            document: written.document.or_else(|| document.clone()),
            params: written.params,
        };
        let meta = RuleMeta {
            fixes,
            code: Code::read(self.code.into_inner()),
            why: self.why.unwrap_or_else(|| in_words(self.name.get_ref())),
            name: self.name.into_inner(),
            was: self.was.into_iter().map(At::into_inner).collect(),
            severity: self.severity,
            category: self.category,
            since: self.since,
            tags: self.tags,
            docs: self.docs,
            help,
            refs: self.refs,
            engine: self.engine,
            unchecked: self.unchecked,
            ignorable: self.ignorable,
            params: self.params,
            examples: Examples {
                shown: self.examples,
                bad: self.bad.into_iter().map(example).collect(),
                good: self.good.into_iter().map(example).collect(),
            },
            span: header,
        };
        (meta, cases)
    }

    /// What the rule itself says about its one case; the help of a native rule is for people only.
    fn take_own_case(&mut self) -> Option<WrittenCase> {
        let case = WrittenCase {
            r#for: self.r#for.take(),
            when: self.when.take(),
            require: self.require.take(),
            forbid: self.forbid.take(),
            message: self.message.take(),
            labels: std::mem::take(&mut self.labels),
            help: self.help.take().filter(|_| self.engine == Engine::Condition),
            chain: self.chain.take(),
            group: self.group.take(),
            cross: self.cross,
            fix: self.fix.clone(),
            edits: Vec::new(),
        };
        (!case.is_empty()).then_some(case)
    }

    /// What the rule judges; a case that has only edits uses the fix that the rule names.
    fn take_cases(&mut self) -> WrittenCases {
        let own = self.take_own_case();
        let mut several = std::mem::take(&mut self.case);
        for case in several.iter_mut().map(At::get_mut).filter(|case| !case.edits.is_empty()) {
            let edits = std::mem::take(&mut case.edits);
            case.fix.0.extend(self.fix.0.first().map(|fix| WrittenFix { edits, ..fix.clone() }));
        }
        WrittenCases { own, several }
    }
}

impl WrittenFixes {
    /// What to call each, and how far to trust it.
    fn remedies(&self) -> Vec<Remedy> {
        let remedy = |fix: &WrittenFix| Remedy { title: fix.title.get_ref().clone(), safety: fix.safety };
        self.0.iter().map(remedy).collect()
    }
}

impl WrittenCase {
    fn is_empty(&self) -> bool {
        let texts = [&self.r#for, &self.when, &self.require, &self.forbid, &self.message, &self.help];
        texts.iter().all(|text| text.is_none())
            && self.labels.is_empty()
            && self.chain.is_none()
            && self.group.is_none()
            && self.fix.0.iter().all(|fix| fix.edits.is_empty())
    }
}

impl WrittenCase {
    /// Whether a name is a word of any of the texts that speak of what was found.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        let labels = self.labels.iter().flat_map(|label| [&label.at, &label.text]);
        let chain = self.chain.iter().flat_map(|chain| [&chain.from, &chain.to]);
        let group = self.group.iter().flat_map(|group| group.by.iter().chain([&group.of]).chain(&group.with));
        let edits = self.fix.0.iter().flat_map(|fix| &fix.edits);
        let edits = edits.flat_map(|edit| edit.verbs().into_iter().map(|(_, at)| at).chain(&edit.with));
        let titles = self.fix.0.iter().map(|fix| &fix.title);
        let texts = self.message.iter().chain(&self.help).chain(titles);
        let all = texts.chain(labels).chain(chain).chain(group).chain(edits);
        let is_inside = |next: char| next.is_alphanumeric() || matches!(next, '-' | '_');
        all.into_iter().any(|text| text.get_ref().split(|next| !is_inside(next)).any(|word| word == name))
    }
}

fn yes() -> bool {
    true
}

fn usual_severity() -> Level {
    Level::Warning
}

fn usual_category() -> String {
    "house".to_owned()
}

/// The name of a rule as the beginning of a sentence: what it finds, where nobody says more.
fn in_words(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
