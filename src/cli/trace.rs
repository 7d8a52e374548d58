//! How the clauses of a rule came out, for people and for programs.

use recte::condition::{Judgement, ScalarValue, Trace, TracedClause, TracedSet};
use recte::model::{BlockId, Corpus};
use recte::project::CheckOutput;
use recte::text::{Sources, Span};
use serde::Serialize;

use super::output::{CommandFailure, Output};
use super::paths::folder_of_several;
use super::project::OpenedProject;

/// How one row of a rule came out.
#[derive(Serialize)]
pub(super) struct ShownRow {
    /// What each name of `for` stands for.
    bound: Vec<ShownBinding>,
    when: Vec<ShownClause>,
    /// `require` or `forbid`.
    judgement: &'static str,
    clause: ShownClause,
    /// Whether a value was read that had been reported as broken.
    broken: bool,
}

/// A name and what it stands for.
#[derive(Serialize)]
struct ShownBinding {
    name: String,
    value: String,
    /// Where a block is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The shortest chain by which a repeated step leads to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chain: Vec<String>,
}

/// A clause and how it came out.
#[derive(Serialize)]
pub(super) struct ShownClause {
    clause: String,
    /// Where it is written.
    at: String,
    holds: bool,
    /// The element that it is about, where a quantifier runs through several.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<ShownBinding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<ShownFact>,
    /// The shortest chain by which a repeated step arrives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chain: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<ShownClause>,
}

/// A set and its first elements.
#[derive(Serialize)]
struct ShownFact {
    set: String,
    values: Vec<String>,
    count: usize,
}

/// What makes names and places out of blocks.
pub(super) struct Namer<'a> {
    pub(super) checked: &'a CheckOutput,
    /// The texts of the rules, of which the clauses are parts.
    rules: &'a Sources,
    /// The folder of the project as it is put before the paths of its files.
    folder: String,
}

impl<'a> Namer<'a> {
    /// Names things of a project so that places lead there from the folder of the run.
    pub(super) fn new(checked: &'a CheckOutput, opened: &OpenedProject) -> Namer<'a> {
        Namer { checked, rules: &checked.sources, folder: folder_of_several(opened.root.path()) }
    }

    /// Names things of an example, which is apart from the texts of the rules.
    pub(super) fn of_example(checked: &'a CheckOutput, rules: &'a Sources) -> Namer<'a> {
        Namer { checked, rules, folder: String::new() }
    }

    pub(super) fn trace(&self, trace: &Trace) -> ShownRow {
        let (judgement, clause) = match &trace.judgement {
            Judgement::Require(clause) => ("require", clause),
            Judgement::Forbid(clause) => ("forbid", clause),
        };
        ShownRow {
            bound: trace.bound.iter().map(|bound| self.bound(&bound.name, &bound.element, &bound.chain)).collect(),
            when: trace.when.iter().map(|clause| self.clause(clause)).collect(),
            judgement,
            clause: self.clause(clause),
            broken: trace.broken,
        }
    }

    pub(super) fn clause(&self, clause: &TracedClause) -> ShownClause {
        ShownClause {
            clause: clause.text.clone(),
            at: self.place_in(self.rules, clause.at),
            holds: clause.holds,
            about: clause.about.as_ref().map(|(name, element)| self.bound(name, element, &[])),
            facts: clause.facts.iter().map(|fact| self.fact(fact)).collect(),
            chain: self.names(&clause.chain),
            parts: clause.parts.iter().map(|part| self.clause(part)).collect(),
        }
    }

    fn fact(&self, fact: &TracedSet) -> ShownFact {
        let values = fact.elements.iter().map(|element| word(element, &self.checked.corpus)).collect();
        ShownFact { set: fact.text.clone(), values, count: fact.count }
    }

    fn names(&self, blocks: &[BlockId]) -> Vec<String> {
        blocks.iter().map(|block| self.checked.corpus.name(*block).to_owned()).collect()
    }

    fn bound(&self, name: &str, element: &ScalarValue, chain: &[BlockId]) -> ShownBinding {
        let corpus = &self.checked.corpus;
        let at = element.block().map(|block| self.place(corpus.block(block).header()));
        ShownBinding { name: name.to_owned(), value: word(element, corpus), at, chain: self.names(chain) }
    }

    /// `path:line`. What stands in no folder keeps its name.
    pub(super) fn place(&self, at: Span) -> String {
        self.place_in(&self.checked.sources, at)
    }

    fn place_in(&self, sources: &Sources, at: Span) -> String {
        let source = sources.get(at.source);
        let folder = if source.name().contains(':') { "" } else { self.folder.as_str() };
        format!("{folder}{}:{}", source.name(), source.position(at.start).line)
    }
}

/// An element as a reader knows it.
pub(super) fn word(element: &ScalarValue, corpus: &Corpus) -> String {
    match element {
        ScalarValue::Block(block) => corpus.name(*block).to_owned(),
        ScalarValue::Text(text) => format!("{text:?}"),
        ScalarValue::Number(number) => number.to_string(),
        ScalarValue::Days(days) => days.to_string(),
        ScalarValue::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
    }
}

impl ShownRow {
    /// What the names stand for, and the clauses of `when`.
    pub(super) fn write_guards(&self, output: &mut Output) -> Result<(), CommandFailure> {
        let width = self.bound.iter().map(|bound| bound.name.len()).max().unwrap_or_default();
        for bound in &self.bound {
            let at = bound.at.as_ref().map(|at| format!("  ({at})")).unwrap_or_default();
            let by = if bound.chain.len() > 1 { format!("  by {}", bound.chain.join(" -> ")) } else { String::new() };
            output.line(&format!("  {:width$} = {}{at}{by}", bound.name, bound.value))?;
        }
        if !self.when.is_empty() {
            output.line("when:")?;
            write_clauses(&self.when, 1, output)?;
        }
        Ok(())
    }

    /// What is required or forbidden, and whether it holds.
    pub(super) fn write_judgement(&self, output: &mut Output) -> Result<(), CommandFailure> {
        output.line(if self.judgement == "require" { "required:" } else { "forbidden:" })?;
        write_clauses(std::slice::from_ref(&self.clause), 1, output)?;
        if self.broken {
            output.line("a value used here is reported as broken: correct it first, then try again")?;
        }
        Ok(())
    }
}

/// Writes clauses, each on a line with what it looked at beneath.
fn write_clauses(clauses: &[ShownClause], depth: usize, output: &mut Output) -> Result<(), CommandFailure> {
    let indent = "  ".repeat(depth);
    for clause in clauses {
        let holds = if clause.holds { "holds" } else { "fails" };
        let about =
            clause.about.as_ref().map(|about| format!("{} = {}: ", about.name, about.value)).unwrap_or_default();
        output.line(&format!("{indent}{holds}  {about}{}", clause.clause))?;
        clause.write_facts(&indent, output)?;
        write_clauses(&clause.parts, depth + 1, output)?;
    }
    Ok(())
}

impl ShownClause {
    /// What the clause looked at.
    pub(super) fn write_facts(&self, indent: &str, output: &mut Output) -> Result<(), CommandFailure> {
        for fact in &self.facts {
            let more = fact.count - fact.values.len();
            let mut values = fact.values.join(", ");
            if more > 0 {
                values += &format!(" and {more} more");
            }
            let values = if values.is_empty() { "nothing" } else { &values };
            output.line(&format!("{indent}       {} = {values}", fact.set))?;
        }
        if self.chain.len() > 1 {
            output.line(&format!("{indent}       by {}", self.chain.join(" -> ")))?;
        }
        Ok(())
    }
}
