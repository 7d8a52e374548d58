//! The elements of a page that are open at one time, and which of them a tag ends. No element is looked for among all that
//! are open: each knows what it stands in, and each name where its last element is open.

use std::collections::BTreeMap;

use super::elements::{self, Traits};

/// The number of the name of an element.
pub(super) type Name = usize;

/// The elements that are open, outermost first, each with what else is to be known of it.
#[derive(Debug)]
pub(super) struct OpenElements<T> {
    names: BTreeMap<String, Name>,
    traits: Vec<Traits>,
    /// Where the open elements of each name are, counted from one.
    open_of: Vec<Vec<usize>>,
    all: Vec<OpenElement<T>>,
    /// How many elements were opened in all.
    count: usize,
}

/// A place within an open element: how many are open there, and the number of the innermost.
pub(super) type Place = (usize, usize);

/// An element that is open.
#[derive(Debug)]
pub(super) struct OpenElement<T> {
    pub(super) name: Name,
    pub(super) traits: Traits,
    /// Whether it is part of a drawing or a formula, where other elements are known.
    pub(super) is_foreign: bool,
    pub(super) own: T,
    number: usize,
    barriers: Barriers,
}

/// The innermost open elements that ends of others do not reach through, counted from one.
#[derive(Clone, Copy, Debug, Default)]
struct Barriers {
    scope: usize,
    /// The same for ends of paragraphs, for those of items of lists, and for those of elements that are nothing special.
    paragraph: usize,
    item: usize,
    special: usize,
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
const CELLS: [&str; 3] = ["td", "th", "caption"];
const SECTIONS: [&str; 3] = ["tbody", "thead", "tfoot"];

impl<T> OpenElements<T> {
    pub(super) fn new() -> OpenElements<T> {
        OpenElements { names: BTreeMap::new(), traits: Vec::new(), open_of: Vec::new(), all: Vec::new(), count: 0 }
    }

    /// The number of a name, and what is true of its elements.
    pub(super) fn name(&mut self, name: &str) -> (Name, Traits) {
        if let Some(known) = self.names.get(name) {
            return (*known, self.traits[*known]);
        }
        let number = self.traits.len();
        self.names.insert(name.to_owned(), number);
        self.traits.push(elements::traits(name));
        self.open_of.push(Vec::new());
        (number, self.traits[number])
    }

    pub(super) fn top(&self) -> Option<&OpenElement<T>> {
        self.all.last()
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn push(&mut self, (name, traits): (Name, Traits), is_foreign: bool, own: T) {
        let around = self.barriers();
        let within = self.all.len() + 1;
        let behind = |traits_of_it: Traits, before: usize| if traits & traits_of_it != 0 { within } else { before };
        let barriers = Barriers {
            scope: behind(elements::SCOPE, around.scope),
            paragraph: behind(elements::SCOPE | elements::PARAGRAPH_SCOPE, around.paragraph),
            item: behind(elements::ITEM_SCOPE, around.item),
            special: behind(elements::SPECIAL, around.special),
        };
        self.open_of[name].push(within);
        self.count += 1;
        self.all.push(OpenElement { name, traits, is_foreign, own, number: self.count, barriers });
    }

    pub(super) fn pop(&mut self) -> Option<OpenElement<T>> {
        let last = self.all.pop()?;
        self.open_of[last.name].pop();
        Some(last)
    }

    /// How many elements stay open when one of a name begins; nothing if it cannot stand here.
    pub(super) fn kept_by_start(&self, name: &str, traits: Traits) -> Option<usize> {
        let Barriers { scope, paragraph, item, special } = self.barriers();
        let all = self.all.len();
        let end = |names: &[&str], barrier: usize| Some(self.last_of(names)).filter(|last| *last > barrier);
        let ends_paragraph = traits & elements::ENDS_PARAGRAPH != 0;
        let kept = end(&["p"], paragraph).filter(|_| ends_paragraph).map_or(all, |last| last - 1);
        let last = match name {
            "li" => end(&["li"], item),
            "dd" | "dt" => end(&["dd", "dt"], item),
            "option" => end(&["option"], special),
            "optgroup" => end(&["option", "optgroup"], special),
            "rb" | "rp" | "rt" | "rtc" if end(&["ruby"], scope).is_some() => return Some(self.kept_by_themselves()),
            "button" => end(&["button"], scope),
            "input" | "keygen" | "select" | "textarea" => end(&["select"], scope),
            // A table within another stands in a cell of it.
            "table" => end(&["table"], self.last_of(&CELLS).max(self.last_of(&["template"]))),
            _ if traits & elements::HEADING != 0 => end(&HEADINGS, kept.saturating_sub(1)),
            _ if traits & elements::TABLE_PART != 0 => return self.kept_by_part(name),
            _ => None,
        };
        Some(last.map_or(kept, |last| kept.min(last - 1)))
    }

    /// How many elements stay open when those end whose ends may be left out.
    pub(super) fn kept_by_themselves(&self) -> usize {
        let ends = |element: &&OpenElement<T>| element.traits & elements::ENDS_BY_ITSELF != 0;
        self.all.len() - self.all.iter().rev().take_while(ends).count()
    }

    /// How many elements stay open when a part of a table begins; nothing if there is no table.
    fn kept_by_part(&self, name: &str) -> Option<usize> {
        let table = self.last_of(&["table", "template"]);
        let ends = |names: &[&str]| Some(self.last_of(names)).filter(|last| *last > table).map(|last| last - 1);
        let keeps = |names: &[&str]| Some(self.last_of(names)).filter(|last| *last > table);
        let kept = match name {
            "td" | "th" => ends(&CELLS).or(keeps(&["tr"])).or(keeps(&SECTIONS)),
            "tr" => ends(&["tr"]).or(ends(&["caption"])).or(keeps(&SECTIONS)),
            _ => None,
        };
        (table > 0).then_some(kept.unwrap_or(table))
    }

    /// Whether a cell that begins here stands in no row.
    pub(super) fn lacks_row(&self, name: &str) -> bool {
        matches!(name, "td" | "th") && self.last_of(&["tr"]) < self.last_of(&["table"])
    }

    /// How many elements stay open at the end of one of a name.
    pub(super) fn kept_by_end(&self, name: &str, traits: Traits) -> usize {
        let Barriers { scope, paragraph, special, .. } = self.barriers();
        let last = self.last_of(&[name]);
        let (last, barrier) = match name {
            "html" | "body" => (0, 0),
            "p" => (last, paragraph),
            "table" | "template" => (last, self.last_of(&["template"]).saturating_sub(1)),
            _ if traits & elements::TABLE_PART != 0 => (last, self.last_of(&["table", "template"])),
            _ if traits & elements::HEADING != 0 => (self.last_of(&HEADINGS), scope),
            _ if traits & elements::SCOPE != 0 => (last, scope.saturating_sub(1)),
            _ if traits & elements::SPECIAL != 0 => (last, scope),
            _ => (last, special),
        };
        if last > barrier { last - 1 } else { self.all.len() }
    }

    /// The place within the innermost element.
    pub(super) fn place(&self) -> Place {
        (self.all.len(), self.all.last().map_or(0, |top| top.number))
    }

    /// How many elements stay open at the end of one that marks words and began at a place. If a block has begun or ended since,
    /// the marks go on in it, and what began in it after them ends.
    pub(super) fn kept_by_formatting(&self, (depth, number): Place) -> usize {
        let special = self.barriers().special;
        let is_open = depth == 0 || self.all.get(depth - 1).is_some_and(|element| element.number == number);
        if is_open && special <= depth { depth } else { special }
    }

    /// Whether an element of a name is open.
    pub(super) fn is_open(&self, name: &str) -> bool {
        self.last_of(&[name]) > 0
    }

    /// Where the innermost open element of some names is, counted from one.
    fn last_of(&self, names: &[&str]) -> usize {
        let known = names.iter().filter_map(|name| self.names.get(*name));
        known.filter_map(|name| self.open_of[*name].last()).copied().max().unwrap_or_default()
    }

    fn barriers(&self) -> Barriers {
        self.all.last().map_or(Barriers::default(), |top| top.barriers)
    }
}
