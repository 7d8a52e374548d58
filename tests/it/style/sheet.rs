//! The tables of `docs/style.md`, and the faults that they find in a text.

use regex::Regex;

use super::file;
use super::spoken::Text;

/// The style sheet, read.
pub(super) struct Sheet {
    /// Each term that has a meaning.
    pub(super) terms: Vec<String>,
    replaced: Vec<Replaced>,
    counts: Counts,
}

/// One row of the terms that are not used.
struct Replaced {
    pattern: Regex,
    instead: String,
    allowed: Option<Regex>,
}

/// Finds a count and a noun whose numbers do not go together.
struct Counts {
    one: Regex,
    many: Regex,
}

/// What the program counts; a noun in the singular after another number than one is a fault.
const COUNTED: &str = "document|finding|error|warning|claim|rule|file|quotation|sentence|passage|block|example|clause|\
                       exception|entry|place|fix|source|project|proposal|row|answer|article|field|change|step";

impl Sheet {
    /// Reads both tables of the page.
    pub(super) fn read() -> Sheet {
        let page = file("docs/style.md");
        let terms = rows(&page, "## Terms").into_iter();
        let terms = terms.flat_map(|row| row[0].split(", ").map(str::to_owned).collect::<Vec<_>>()).collect();
        let replaced = rows(&page, "## Terms not used").into_iter().map(|row| Replaced {
            pattern: any_of(&row[0]).expect("a row names what is not used"),
            instead: row[1].clone(),
            allowed: any_of(&row[2]),
        });
        let counts = Counts {
            one: Regex::new(r"\b1 (?:open |other |more |new |safe |suggested )?[a-z]+s\b").unwrap(),
            many: Regex::new(&format!(r"\b(?:0|[2-9]|[1-9]\d+) (?:{COUNTED})\b")).unwrap(),
        };
        Sheet { terms, replaced: replaced.collect(), counts }
    }

    /// `name:line: term: use this` for each term that the text should not have.
    pub(super) fn faults(&self, text: &Text) -> Vec<String> {
        let mut faults = Vec::new();
        // Terms may run over the end of a line.
        let said = text.lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
        let mut report = |at: usize, term: &str, instead: &str| {
            let line = text.lines[said[..at].matches('\n').count()].0;
            faults.push(format!("{}:{line}: {}: {instead}", text.name, term.replace('\n', " ")));
        };
        for replaced in &self.replaced {
            let allowed: Vec<_> = replaced.allowed.iter().flat_map(|it| it.find_iter(&said)).collect();
            for found in replaced.pattern.find_iter(&said) {
                let is_allowed = allowed.iter().any(|it| it.start() <= found.start() && found.end() <= it.end());
                // `US` is a country, and `us` may be a part of a name.
                let is_part =
                    said[..found.start()].ends_with(['-', '/']) || said[found.end()..].starts_with(['-', '/']);
                if !is_allowed && !is_part && found.as_str() != "US" {
                    report(found.start(), found.as_str(), &replaced.instead);
                }
            }
        }
        for found in self.counts.one.find_iter(&said).filter(|it| is_a_count(&said, it.start())) {
            let noun = found.as_str().rsplit(' ').next().unwrap();
            let is_plural = !noun.ends_with("ss") && !["is", "was", "has", "this", "its", "as"].contains(&noun);
            if is_plural
                && COUNTED.split('|').any(|one| noun.trim_end_matches('s').starts_with(one.trim_end_matches('y')))
            {
                report(found.start(), found.as_str(), "write the singular");
            }
        }
        for found in self.counts.many.find_iter(&said).filter(|it| is_a_count(&said, it.start())) {
            report(found.start(), found.as_str(), "write the plural");
        }
        faults
    }
}

/// Whether the number at this place is no part of a larger one, of a version or of a number of an article.
fn is_a_count(said: &str, at: usize) -> bool {
    let before = said[..at].trim_end_matches(' ').to_lowercase();
    let part_of_another = said[..at].ends_with(['.', ',', '-', '/', '§', ':']);
    let numbered = ["version", "article", "section", "format", "line", "case", "table", "item", "note", "page", "step"];
    !part_of_another && !numbered.iter().any(|word| before.ends_with(word))
}

/// The cells of each row of the table beneath a heading.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let below = page.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with('#'));
    let rows = below.filter(|line| line.starts_with('|')).skip(2);
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.map(cells).collect();
    assert!(!rows.is_empty(), "{heading}");
    rows
}

/// A pattern for any of the phrases that a cell holds in backticks.
fn any_of(cell: &str) -> Option<Regex> {
    let phrases: Vec<String> = cell.split('`').skip(1).step_by(2).map(pattern).collect();
    (!phrases.is_empty()).then(|| Regex::new(&format!("(?i){}", phrases.join("|"))).unwrap())
}

/// A phrase as a pattern: whole words, over any white space; `*` ends a word, `#` is a number.
fn pattern(phrase: &str) -> String {
    let word = |word: &str| regex::escape(word).replace(r"\*", r"\w*").replace(r"\#", r"\d+");
    let words = phrase.split(' ').map(word).collect::<Vec<_>>().join(r"\s+");
    let edge = |letter: Option<char>| {
        if letter.is_some_and(|it| it.is_alphanumeric() || "*#".contains(it)) { r"\b" } else { "" }
    };
    format!("{}{words}{}", edge(phrase.chars().next()), edge(phrase.chars().last()))
}
