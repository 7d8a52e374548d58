//! One way to break a rule, from its table to what can be run.

use std::sync::Arc;

use super::chain::ChainTemplate;
use super::context::{CheckedTable, CompileContext, Terms, keep};
use super::fixes::FixTemplate;
use super::group::GroupTemplate;
use super::labels::LabelTemplate;
use super::roles::Roles;
use super::template::Template;
use crate::condition::{DirtySet, JudgedExpressions, Judgement, Query, Row, compile};
use crate::diagnostic::{Diagnostic, Label};
use crate::model::Corpus;
use crate::rule::pack::problems;
use crate::rule::pack::toml_text::written;
use crate::rule::pack::written::{WrittenCase, WrittenLabel};
use crate::text::{Span, TomlString};

/// One way to break a rule.
pub(crate) struct RuleCase {
    /// Finds the offending rows.
    pub(crate) query: Query,
    /// What makes two rows the same finding.
    pub(crate) roles: Arc<Roles>,
    /// What is said of them.
    pub(crate) texts: Arc<Texts>,
    /// What its words mean.
    pub(crate) terms: Arc<Terms>,
    /// What could be written better.
    pub(crate) advice: Vec<Diagnostic>,
}

/// What a case says of its rows, checked.
pub(crate) struct Texts {
    /// What is wrong.
    pub(crate) message: Template,
    /// The places, the primary one first.
    pub(crate) labels: Vec<LabelTemplate>,
    /// The next step.
    pub(crate) help: Option<Template>,
    /// The steps to show between two blocks.
    pub(crate) chain: Option<ChainTemplate>,
    /// Which rows are one finding together.
    pub(crate) group: Option<GroupTemplate>,
    /// What would resolve it, each by itself.
    pub(crate) fixes: Vec<FixTemplate>,
}

impl Texts {
    /// Adds the blocks at which an edit may have changed what they say.
    pub(crate) fn touch(&self, dirty: &mut DirtySet<'_>) {
        self.message.touch(dirty);
        self.help.iter().for_each(|help| help.touch(dirty));
        self.labels.iter().for_each(|label| label.touch(dirty));
        self.fixes.iter().for_each(|fix| fix.touch(dirty));
        self.chain.iter().for_each(|chain| chain.touch(dirty));
    }

    /// The labels of a row, the primary one first. Of a group whose first member has labels of its own, the others have the rest.
    pub(crate) fn labels_of(&self, corpus: &Corpus, row: &Row) -> Vec<Label> {
        let group = self.group.as_ref().filter(|_| self.labels.iter().any(|label| label.first));
        let draw = |label: &LabelTemplate| match group {
            Some(group) => label.draw(corpus, &group.part(row, label.first)),
            None => label.draw(corpus, row),
        };
        self.labels.iter().flat_map(draw).collect()
    }
}

/// The texts that a case cannot do without.
struct Needed {
    bindings: TomlString,
    judgement: Judgement<TomlString>,
    message: TomlString,
}

impl RuleCase {
    /// Checks a case that is written in the table at `table`; all that is wrong with it at once.
    pub(crate) fn compile(case: &WrittenCase, table: Span, context: CompileContext<'_>) -> CheckedTable<RuleCase> {
        let needed = Needed::read(case, table, context)?;
        let when = case.when.as_ref().map(|when| context.quote(when));
        let parts = JudgedExpressions {
            bindings: written(&needed.bindings),
            when: when.as_ref().map(written),
            judgement: match &needed.judgement {
                Judgement::Require(formula) => Judgement::Require(written(formula)),
                Judgement::Forbid(formula) => Judgement::Forbid(written(formula)),
            },
            cross: case.cross,
        };
        let (query, problems) = compile(&parts, context.vocabulary);
        let Some(query) = query else { return Err(problems) };
        let roles = Arc::new(Roles::new(&parts, query.binders()));
        let mut advice = problems;
        advice.extend(query.unused(|name| case.mentions(name)));
        let texts = Texts::compile(case, &needed, &query, context);
        advice.append(&mut context.advice.borrow_mut());
        match texts {
            Ok(texts) => {
                Ok(RuleCase { query, roles, texts: Arc::new(texts), terms: Arc::clone(context.terms), advice })
            }
            Err(wrong) => Err([advice, wrong].concat()),
        }
    }
}

impl RuleCase {
    /// Its conditions as written, each with its key, and what makes one finding of several rows.
    pub(crate) fn as_written(&self) -> Vec<(&'static str, &str)> {
        let group = self.texts.group.as_ref().map(|group| ("group", group.written()));
        self.query.as_written().into_iter().chain(group).collect()
    }

    /// The same case with another condition.
    pub(crate) fn with(&self, query: Query) -> RuleCase {
        RuleCase {
            query,
            roles: Arc::clone(&self.roles),
            texts: Arc::clone(&self.texts),
            terms: Arc::clone(&self.terms),
            advice: Vec::new(),
        }
    }
}

impl Texts {
    fn compile(case: &WrittenCase, needed: &Needed, query: &Query, context: CompileContext<'_>) -> CheckedTable<Texts> {
        let mut wrong = Vec::new();
        let message = keep(Template::compile(&needed.message, query, &context), &mut wrong);
        let help = case.help.as_ref().map(|help| Template::compile_help(&context.quote(help), query, &context));
        let help = help.and_then(|help| keep(help, &mut wrong));
        let labels = primary_first(&case.labels).map(|label| LabelTemplate::compile(label, query, context));
        let mut labels: Vec<LabelTemplate> = labels.filter_map(|label| keep(label, &mut wrong)).collect();
        if case.labels.is_empty() {
            labels.extend(keep(LabelTemplate::usual(&needed.bindings, query, context), &mut wrong));
        }
        let chain = case.chain.as_ref().map(|chain| ChainTemplate::compile(chain, query, context));
        let chain = chain.and_then(|chain| keep(chain, &mut wrong));
        let group = case.group.as_ref().map(|group| GroupTemplate::compile(group, &needed.bindings, query, context));
        let group = group.and_then(|group| keep(group, &mut wrong));
        let fixes = case.fix.0.iter().filter(|fix| !fix.edits.is_empty());
        let fixes = fixes.map(|fix| FixTemplate::compile(fix, query, context));
        let fixes = fixes.filter_map(|fix| keep(fix, &mut wrong)).collect();
        match message {
            Some(message) if wrong.is_empty() => Ok(Texts { message, labels, help, chain, group, fixes }),
            Some(_) | None => Err(wrong),
        }
    }
}

impl Needed {
    fn read(case: &WrittenCase, table: Span, context: CompileContext<'_>) -> CheckedTable<Needed> {
        let judgement = match (&case.require, &case.forbid) {
            (Some(require), None) => Some(Judgement::Require(context.quote(require))),
            (None, Some(forbid)) => Some(Judgement::Forbid(context.quote(forbid))),
            (Some(_), Some(_)) | (None, None) => None,
        };
        match (&case.r#for, judgement, &case.message) {
            (Some(bindings), Some(judgement), Some(message)) => {
                Ok(Needed { bindings: context.quote(bindings), judgement, message: context.quote(message) })
            }
            (_, judgement, _) => Err(problems::incomplete_case(case, judgement.is_some(), table)),
        }
    }
}

/// The label that is marked as primary, or else the first, and then the others as written.
fn primary_first(labels: &[WrittenLabel]) -> impl Iterator<Item = &WrittenLabel> {
    let primary = labels.iter().position(|label| label.primary).unwrap_or(0);
    let others = labels.iter().enumerate().filter(move |(at, _)| *at != primary).map(|(_, label)| label);
    labels.get(primary).into_iter().chain(others)
}
