//! The shape of proposals: which keys there are, and what stands under each.

use super::json::JsonValue;
use super::reason::{Pointer, Reason};
use crate::syntax::is_unwelcome;
use crate::text::{Nearest, did_you_mean};

/// The version of the shape that is read.
pub(super) const VERSION: u64 = 1;

/// The keys of the document, of a claim, and of a quotation.
const DOCUMENT: &[&str] = &["version", "tool", "author", "date", "namespace", "claims"];
const CLAIM: &[&str] = &["kind", "id", "title", "fields", "quotations"];
const QUOTATION: &[&str] = &["source", "path", "words"];

/// What is proposed, by whom.
#[derive(Debug)]
pub(super) struct Proposals {
    /// Who proposes it and when, in the order of the keys.
    pub(super) by: Vec<String>,
    /// The namespace that a new file is to have.
    pub(super) namespace: Option<String>,
    /// The claims, or why they cannot be read, with the ids that they were given.
    pub(super) claims: Vec<(Option<String>, ReadProposal)>,
}

/// A claim that is proposed, or every reason why it cannot be read.
pub(super) type ReadProposal = Result<Proposed, Vec<Reason>>;

/// A claim that is proposed.
#[derive(Debug)]
pub(super) struct Proposed {
    pub(super) at: Pointer,
    pub(super) kind: String,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    /// The fields in the order written; a single value is a list of one.
    pub(super) fields: Vec<(String, Vec<JsonValue>)>,
    pub(super) quotations: Vec<ProposedQuotation>,
}

/// Words, and whose they are.
#[derive(Debug)]
pub(super) struct ProposedQuotation {
    pub(super) whose: NamedDocument,
    pub(super) words: String,
}

/// How a quotation names its document.
#[derive(Debug)]
pub(super) enum NamedDocument {
    /// By the id of its source.
    Source(String),
    /// By its path beneath the project.
    Path(String),
}

/// Reads what is proposed.
///
/// # Errors
/// When it is not of this shape as a whole. What is wrong with one claim is kept with that claim.
pub(super) fn proposals(text: &str) -> Result<Proposals, Vec<Reason>> {
    let root = Pointer::default();
    let document = JsonValue::read(text).map_err(|why| vec![Reason::new(&root, format!("this is not JSON: {why}"))])?;
    let mut table = ProposalTable::of(&document, &root, DOCUMENT).map_err(|reason| vec![reason])?;
    match table.needed("version") {
        Some(JsonValue::Number(version)) if version.as_u64() == Some(VERSION) => {}
        Some(other) => {
            let message = format!("this version is not supported: {}", shown(other));
            table.wrong("version", message, Some(format!("write `\"version\": {VERSION}`")));
        }
        None => {}
    }
    let by = ["date", "tool", "author"].into_iter().filter_map(|key| table.text(key)).collect();
    let namespace = table.text("namespace");
    let claims = match table.needed("claims") {
        Some(JsonValue::List(claims)) => claims.as_slice(),
        Some(other) => {
            table.wrong("claims", format!("expected a list of claims, found {}", other.what()), None);
            &[]
        }
        None => &[],
    };
    if !table.reasons.is_empty() {
        return Err(table.reasons);
    }
    let at = root.down("claims");
    let claims = claims.iter().enumerate().map(|(number, claim)| proposed(claim, at.down(number))).collect();
    Ok(Proposals { by, namespace, claims })
}

fn proposed(claim: &JsonValue, at: Pointer) -> (Option<String>, ReadProposal) {
    let mut table = match ProposalTable::of(claim, &at, CLAIM) {
        Ok(table) => table,
        Err(reason) => return (None, Err(vec![reason])),
    };
    let kind = table.needed_text("kind");
    let (id, title) = (table.text("id"), table.text("title"));
    let fields = table.fields();
    let quotations = table.quotations();
    let reasons = table.reasons;
    let read = match kind {
        Some(kind) if reasons.is_empty() => Ok(Proposed { at, kind, id: id.clone(), title, fields, quotations }),
        Some(_) | None => Err(reasons),
    };
    (id, read)
}

/// The entries of an object, and what is wrong with them so far.
struct ProposalTable<'a> {
    entries: &'a [(String, JsonValue)],
    at: &'a Pointer,
    reasons: Vec<Reason>,
}

impl<'a> ProposalTable<'a> {
    /// The entries of an object that has no other keys than these.
    fn of(json: &'a JsonValue, at: &'a Pointer, known: &[&str]) -> Result<ProposalTable<'a>, Reason> {
        let JsonValue::Table(entries) = json else {
            return Err(Reason::new(at, format!("expected an object, found {}", json.what())));
        };
        let unknown = entries.iter().filter(|(key, _)| !known.contains(&key.as_str()));
        let reason = |(key, _): &(String, JsonValue)| {
            let near = Nearest::default().find(key, known.iter().copied(), 1);
            let choice = format!("the keys here are {}", known.join(", "));
            Reason::new(&at.down(key), format!("unknown key `{key}`")).help(did_you_mean(&near).unwrap_or(choice))
        };
        Ok(ProposalTable { entries, at, reasons: unknown.map(reason).collect() })
    }

    /// What stands under a key; `null` is as good as nothing.
    fn get(&self, key: &str) -> Option<&'a JsonValue> {
        self.entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
            .filter(|value| **value != JsonValue::Nothing)
    }

    fn needed(&mut self, key: &str) -> Option<&'a JsonValue> {
        let found = self.get(key);
        if found.is_none() {
            self.reasons.push(Reason::new(self.at, format!("the key `{key}` is missing")));
        }
        found
    }

    fn wrong(&mut self, key: &str, message: impl AsRef<str>, help: Option<String>) {
        self.reasons.push(Reason::new(&self.at.down(key), message).help(help));
    }

    /// The text under a key, if there is one.
    fn text(&mut self, key: &str) -> Option<String> {
        let read = legible(self.get(key)?, &self.at.down(key));
        read.map(str::to_owned).map_err(|reason| self.reasons.push(reason)).ok()
    }

    fn needed_text(&mut self, key: &str) -> Option<String> {
        self.needed(key)?;
        self.text(key)
    }

    /// The fields of a claim; what their values are is told by the schema.
    fn fields(&mut self) -> Vec<(String, Vec<JsonValue>)> {
        let entries = match self.get("fields") {
            None => return Vec::new(),
            Some(JsonValue::Table(entries)) => entries,
            Some(other) => {
                self.wrong("fields", format!("expected an object, found {}", other.what()), None);
                return Vec::new();
            }
        };
        let values =
            |value: &JsonValue| if let JsonValue::List(values) = value { values.clone() } else { vec![value.clone()] };
        let present = entries.iter().filter(|(_, value)| *value != JsonValue::Nothing);
        present.map(|(name, value)| (name.clone(), values(value))).collect()
    }

    fn quotations(&mut self) -> Vec<ProposedQuotation> {
        let at = self.at.down("quotations");
        let quotations = match self.needed("quotations") {
            None => return Vec::new(),
            Some(JsonValue::List(quotations)) => quotations,
            Some(other) => {
                let message = format!("expected a list of quotations, found {}", other.what());
                self.reasons.push(Reason::new(&at, message));
                return Vec::new();
            }
        };
        if quotations.is_empty() {
            let help = "quote the words of the document that support the claim".to_owned();
            self.reasons.push(Reason::new(&at, "there is no quotation").help(help));
        }
        let mut read = Vec::new();
        for (number, quotation) in quotations.iter().enumerate() {
            match quoted(quotation, &at.down(number)) {
                Ok(quoted) => read.push(quoted),
                Err(reasons) => self.reasons.extend(reasons),
            }
        }
        read
    }
}

fn quoted(quotation: &JsonValue, at: &Pointer) -> Result<ProposedQuotation, Vec<Reason>> {
    let mut table = ProposalTable::of(quotation, at, QUOTATION).map_err(|reason| vec![reason])?;
    let words = table.needed_text("words");
    let whose = match (table.get("source"), table.get("path")) {
        (Some(_), None) => table.text("source").map(NamedDocument::Source),
        (None, Some(_)) => table.text("path").map(NamedDocument::Path),
        (Some(_), Some(_)) => {
            table
                .reasons
                .push(Reason::new(at, "both `source` and `path` are given").help("name one of them".to_owned()));
            None
        }
        (None, None) => {
            let help = "name the id of a source, or the path of its document".to_owned();
            table.reasons.push(Reason::new(at, "the source of the words is missing").help(help));
            None
        }
    };
    match (whose, words) {
        (Some(whose), Some(words)) if table.reasons.is_empty() => Ok(ProposedQuotation { whose, words }),
        (Some(_) | None, Some(_) | None) => Err(table.reasons),
    }
}

/// A text that holds nothing that cannot be seen.
pub(super) fn legible<'a>(json: &'a JsonValue, at: &Pointer) -> Result<&'a str, Reason> {
    let JsonValue::Text(text) = json else {
        return Err(Reason::new(at, format!("expected a text, found {}", json.what())));
    };
    match text.chars().find(|character| is_unwelcome(*character)) {
        None => Ok(text),
        Some(character) => {
            let message = format!("the text contains an invisible character (U+{:04X})", u32::from(character));
            Err(Reason::new(at, message).help("remove it".to_owned()))
        }
    }
}

/// A value as it may stand in a message.
fn shown(json: &JsonValue) -> String {
    match json {
        JsonValue::Number(number) => number.to_string(),
        JsonValue::Text(text) => format!("`{text}`"),
        JsonValue::Nothing | JsonValue::Flag(_) | JsonValue::List(_) | JsonValue::Table(_) => json.what().to_owned(),
    }
}
