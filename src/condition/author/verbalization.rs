//! What a condition says, as written and in English.

use serde::Serialize;

use super::clause::{ClauseText, marked, wrapped};
use super::english::formula::conjuncts;
use super::english::verbalizer::{Polarity, Verbalizer};
use crate::condition::ast::source::Judgement;
use crate::condition::query::compile::Query;

/// How many characters a line of a verbalization has at most, where its words allow it.
pub(crate) const WIDTH: usize = 100;

/// A condition in English: one clause each, of one line or of several that are indented as they belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verbalization {
    /// Of what it speaks: `for every norm n`.
    pub who: String,
    /// What must be the case for it to speak of them; all of it must.
    pub when: Vec<String>,
    /// What it says of them: `it must hold that ...` or `it must not be the case that ...`.
    pub judgement: String,
    /// Which of those that break it are one finding, where they are not one each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub together: Option<String>,
}

impl Query {
    /// The condition in English, from what was read and not from what was written: an author can compare the two.
    pub fn verbalization(&self) -> Verbalization {
        let mut verbalizer = Verbalizer::default();
        let who = verbalizer.bindings(&self.trees.bindings);
        let when: Vec<_> = self.trees.when.iter().flat_map(conjuncts).collect();
        let when: Vec<ClauseText> = when.into_iter().map(|part| verbalizer.formula(part, Polarity::Held)).collect();
        let depth = usize::from(!matches!(when.as_slice(), [one] if one.is_sentence()));
        let when = when.iter().map(|part| part.lines(depth).join("\n")).collect();
        let judgement = match &self.trees.judgement {
            Judgement::Require(formula) => {
                verbalizer.formula(formula, Polarity::Held).led_by("it must hold that", Vec::new())
            }
            Judgement::Forbid(formula) => {
                verbalizer.formula(formula, Polarity::Denied).led_by("it must not be the case that", Vec::new())
            }
        };
        Verbalization { who: who.lines(0).join("\n"), when, judgement: judgement.lines(0).join("\n"), together: None }
    }

    /// The condition as written, each part with its key: `for`, `when` if there is one, `require` or `forbid`.
    pub fn as_written(&self) -> Vec<(&'static str, &str)> {
        let judgement = match &self.trees.judgement {
            Judgement::Require(_) => "require",
            Judgement::Forbid(_) => "forbid",
        };
        let keys = ["for"].into_iter().chain(self.trees.when.as_ref().map(|_| "when")).chain([judgement]);
        keys.zip(self.texts.iter().map(|text| text.written().text)).collect()
    }
}

impl Verbalization {
    /// The whole as one sentence for a terminal, with a list wherever words alone could be taken two ways.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = parts(&capitalised(&self.who));
        comma(&mut lines);
        lines.extend(self.conditions());
        lines.extend(parts(&self.judgement));
        if !self.judgement.contains('\n') {
            lines.last_mut().into_iter().for_each(|last| last.push('.'));
        }
        lines.extend(self.together.clone());
        wrapped(&lines, WIDTH)
    }

    fn conditions(&self) -> Vec<String> {
        match self.when.as_slice() {
            [] => Vec::new(),
            [one] if is_sentence(one) => {
                let mut lines = parts(&format!("when {one}"));
                comma(&mut lines);
                lines
            }
            several => {
                let lead = if several.len() == 1 { "when this holds:" } else { "when all of these hold:" };
                let marked = several.iter().enumerate().flat_map(|(at, one)| marked(&parts(one), 0, at));
                [lead.to_owned()].into_iter().chain(marked).collect()
            }
        }
    }
}

/// Whether it is one sentence, with or without a list.
fn is_sentence(text: &str) -> bool {
    !text.starts_with("if ") && text.lines().skip(1).all(|line| line.starts_with(' '))
}

fn parts(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Ends a single line with a comma; a list ends itself.
fn comma(lines: &mut [String]) {
    if let [line] = lines {
        line.push(',');
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
