//! Rule files as they are written: one serde type for each table of the format.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned as At;

use super::fix::{Remedy, Verb};
use super::meta::{Engine, Examples, RuleMeta, Shown};
use super::quoted::span;
use super::settings::Level;
use crate::condition::Param;
use crate::diagnostic::{Code, Safety};
use crate::text::{Span, Spanned};

/// One line of `[define]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenDefine {
    /// What it takes, in the order written.
    #[serde(default)]
    pub(super) params: BTreeMap<At<String>, At<String>>,
    pub(super) is: At<String>,
}

/// One `[[rule]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WrittenRule {
    pub(super) code: At<String>,
    pub(super) name: At<String>,
    pub(super) severity: Level,
    pub(super) category: String,
    pub(super) why: String,
    #[serde(default)]
    pub(super) since: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) docs: String,
    #[serde(default)]
    pub(super) refs: Vec<String>,
    #[serde(default)]
    pub(super) params: BTreeMap<String, Param>,
    #[serde(default)]
    pub(super) engine: Engine,
    #[serde(default)]
    pub(super) unchecked: bool,
    #[serde(default = "yes")]
    pub(super) ignorable: bool,
    #[serde(default)]
    pub(super) examples: Shown,
    pub(super) document: Option<String>,
    #[serde(default)]
    pub(super) fix: WrittenFixes,
    pub(super) r#for: Option<At<String>>,
    pub(super) when: Option<At<String>>,
    pub(super) require: Option<At<String>>,
    pub(super) forbid: Option<At<String>>,
    pub(super) message: Option<At<String>>,
    #[serde(default)]
    pub(super) labels: Vec<WrittenLabel>,
    pub(super) help: Option<At<String>>,
    pub(super) chain: Option<WrittenChain>,
    pub(super) group: Option<WrittenGroup>,
    #[serde(default)]
    pub(super) cross: bool,
    #[serde(default)]
    pub(super) case: Vec<At<WrittenCase>>,
    #[serde(default)]
    pub(super) bad: Vec<WrittenExample>,
    #[serde(default)]
    pub(super) good: Vec<WrittenExample>,
}

/// One `[[rule.case]]` table, or the part of a `[[rule]]` table that says the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCase {
    pub(super) r#for: Option<At<String>>,
    pub(super) when: Option<At<String>>,
    pub(super) require: Option<At<String>>,
    pub(super) forbid: Option<At<String>>,
    pub(super) message: Option<At<String>>,
    #[serde(default)]
    pub(super) labels: Vec<WrittenLabel>,
    pub(super) help: Option<At<String>>,
    pub(super) chain: Option<WrittenChain>,
    pub(super) group: Option<WrittenGroup>,
    #[serde(default)]
    pub(super) cross: bool,
    #[serde(default)]
    pub(super) fix: WrittenFixes,
    /// The edits of the one fix that the rule itself names.
    #[serde(default)]
    pub(super) edits: Vec<WrittenEdit>,
}

/// The value of `fix`: one table, or several, each a possible answer.
#[derive(Clone, Default)]
pub(super) struct WrittenFixes(pub(super) Vec<WrittenFix>);

/// One possible answer.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenFix {
    pub(super) title: At<String>,
    pub(super) safety: Safety,
    #[serde(default)]
    pub(super) edits: Vec<WrittenEdit>,
}

/// One element of `edits`: one verb with a place, and with most of them what comes there.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WrittenEdit {
    replace: Option<At<String>>,
    set: Option<At<String>>,
    add: Option<At<String>>,
    remove: Option<At<String>>,
    rename: Option<At<String>>,
    insert_block: Option<At<String>>,
    pub(super) with: Option<At<String>>,
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

impl WrittenEdit {
    /// Every verb that it has, with its place.
    pub(super) fn verbs(&self) -> Vec<(Verb, &At<String>)> {
        let all = [
            (Verb::Replace, &self.replace),
            (Verb::Set, &self.set),
            (Verb::Add, &self.add),
            (Verb::Remove, &self.remove),
            (Verb::Rename, &self.rename),
            (Verb::InsertBlock, &self.insert_block),
        ];
        all.into_iter().filter_map(|(verb, at)| Some((verb, at.as_ref()?))).collect()
    }

    /// Where any of it stands.
    pub(super) fn span(&self) -> std::ops::Range<usize> {
        let verbs = self.verbs();
        let first = verbs.first().map(|(_, at)| *at).or(self.with.as_ref());
        first.map(At::span).unwrap_or_default()
    }
}

/// One element of `labels`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenLabel {
    pub(super) at: At<String>,
    pub(super) text: At<String>,
    #[serde(default)]
    pub(super) primary: bool,
    /// Of a group: whether it stands at the first member.
    #[serde(default)]
    pub(super) first: bool,
}

/// The value of `chain`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenChain {
    pub(super) from: At<String>,
    pub(super) along: At<String>,
    pub(super) to: At<String>,
    pub(super) step: String,
}

/// The value of `group`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenGroup {
    pub(super) of: At<String>,
    #[serde(default)]
    pub(super) by: Vec<At<String>>,
    pub(super) with: Option<At<String>>,
}

impl WrittenGroup {
    /// It in TOML.
    pub(super) fn text(&self) -> String {
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
pub(super) struct WrittenExample {
    pub(super) code: At<String>,
    pub(super) fixed: Option<At<String>>,
}

/// What a rule judges, as written: in its own table, in tables beneath it, or not at all.
pub(super) struct WrittenCases {
    pub(super) own: Option<WrittenCase>,
    pub(super) several: Vec<At<WrittenCase>>,
}

impl WrittenRule {
    /// Parts what is said about the rule from what it judges.
    pub(super) fn split(mut self, header: Span) -> (RuleMeta, WrittenCases) {
        let help = self.help.as_ref().map(|help| help.get_ref().clone());
        let mut fixes = self.fix.remedies();
        let cases = self.take_cases();
        fixes.extend(cases.several.iter().flat_map(|case| case.get_ref().fix.remedies()));
        let place = |text: At<String>| {
            let at = span(header.source, text.span());
            Spanned::new(text.into_inner(), at)
        };
        let (bad, fixed) = self.bad.into_iter().map(|bad| (place(bad.code), bad.fixed.map(place))).unzip();
        let meta = RuleMeta {
            fixes,
            code: Code::read(self.code.into_inner()),
            name: self.name.into_inner(),
            severity: self.severity,
            category: self.category,
            since: self.since,
            tags: self.tags,
            why: self.why,
            docs: self.docs,
            help,
            refs: self.refs,
            engine: self.engine,
            unchecked: self.unchecked,
            ignorable: self.ignorable,
            params: self.params,
            examples: Examples {
                shown: self.examples,
                bad,
                fixed,
                document: self.document,
                good: self.good.into_iter().map(|good| place(good.code)).collect(),
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

    /// What the rule judges; a case that has only edits mends by the fix that the rule names.
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
    pub(super) fn speaks_of(&self, name: &str) -> bool {
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
