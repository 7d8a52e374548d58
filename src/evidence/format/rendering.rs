//! A page as a browser renders it: which of its words are shown, in which paragraphs and units.

use std::ops::Range;

use super::elements::{self, Attributes, Traits};
use super::formatting::Formatting;
use super::numbering::NumberedList;
use super::open::{Name, OpenElements};
use crate::evidence::prose::{Prose, Writer};

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// What is left out of a page.
pub(super) const COMMENTS: &str = "comments";
pub(super) const IMAGES: &str = "descriptions of images";
const CODE: &str = "scripts and styles";
const HIDDEN: &str = "hidden elements";
const HEAD: &str = "page head";

/// The elements that are units of a document, with what the units are called.
const UNITS: [(&str, &str); 7] = [
    ("li", "item"),
    (FOOTNOTE, "footnote"),
    ("table", "table"),
    ("tr", "row"),
    ("td", "cell"),
    ("th", "cell"),
    ("caption", "caption"),
];

/// An element that no tag of a page can name.
pub(super) const FOOTNOTE: &str = "#footnote";

/// A page whose elements are read one after the other.
#[derive(Debug)]
pub(super) struct Rendering {
    writer: Writer,
    open: OpenElements<Shown>,
    formatting: Formatting,
    lists: Vec<NumberedList>,
    headings: Vec<u8>,
    /// Whether something has come that cannot stand in the head of a page.
    has_body: bool,
    /// Whether a form is open: there is none within another.
    has_form: bool,
    /// Whether every element may end in its own tag.
    is_xml: bool,
    /// Whether the page does not say what it is, so that browsers read it as they did long ago: a table ends no paragraph.
    pub(super) is_quirky: bool,
}

/// The tag that begins an element, and where it stands in the file.
#[derive(Debug)]
pub(super) struct StartTag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: &'a Attributes,
    pub(super) file: Range<usize>,
    /// Whether it says that the element ends in it: `<br/>`.
    pub(super) closes_itself: bool,
}

impl<'a> StartTag<'a> {
    pub(super) fn new(name: &'a str, attributes: &'a Attributes, file: Range<usize>) -> StartTag<'a> {
        StartTag { name, attributes, file, closes_itself: false }
    }
}

/// What of an element is shown.
#[derive(Clone, Copy, Debug)]
struct Shown {
    /// Whether words in it are, and whether elements that are shown wherever they stand are.
    words: bool,
    revealed: bool,
    is_visible: bool,
    /// What it is and where it begins, if it is the outermost that is not shown.
    left_out: Option<(&'static str, usize)>,
    is_unit: bool,
}

impl Rendering {
    /// A page, or what stands in the body of one.
    pub(super) fn new(has_body: bool, is_xml: bool) -> Rendering {
        Rendering {
            writer: Writer::default(),
            open: OpenElements::new(),
            formatting: Formatting::new(),
            lists: Vec::new(),
            headings: Vec::new(),
            has_body,
            has_form: false,
            is_xml,
            is_quirky: false,
        }
    }

    /// Begins an element, and says whether it has ended in its own tag although it contains text else.
    pub(super) fn start(&mut self, tag: &StartTag<'_>) -> bool {
        let StartTag { name, attributes, file, .. } = tag;
        let (id, traits) = self.open.name(name);
        if self.is_raw(None) {
            return false;
        }
        while self.is_foreign() && traits & elements::BREAKS_OUT != 0 {
            self.pop(file.start);
        }
        if !self.is_foreign() && !self.makes_room(tag, (id, traits)) {
            return false;
        }
        let is_foreign = self.is_foreign() || traits & elements::FOREIGN != 0;
        if traits & elements::VOID != 0 && !is_foreign {
            self.void(tag);
        } else if traits & elements::FORMATS != 0 && !is_foreign {
            let is_hidden = attributes.hide(name, false);
            let left_out = (is_hidden && self.shows()).then_some(file.start);
            self.formatting.start(id, self.open.place(), (is_hidden, left_out));
        } else {
            self.push(tag, (id, traits), is_foreign);
        }
        let has_ended = tag.closes_itself && (is_foreign || self.is_xml) && traits & elements::VOID == 0;
        if has_ended {
            self.end(name, file);
        }
        has_ended && traits & elements::RAW != 0
    }

    /// Ends what the start of an element ends, and says whether the element can stand here.
    fn makes_room(&mut self, tag: &StartTag<'_>, (id, traits): (Name, Traits)) -> bool {
        let StartTag { name, attributes, file, .. } = tag;
        if traits & elements::IN_HEAD == 0 {
            self.begin_body(file.start);
        }
        match *name {
            "head" if self.has_body || self.open.len() > 0 => return false,
            "html" | "body" if self.open.is_open(name) || !attributes.hide(name, false) => return false,
            "frame" | "frameset" => return false,
            "form" if self.has_form => return false,
            "form" => self.has_form = true,
            "a" | "nobr" => self.end_formatting(id, file.start),
            _ => {}
        }
        let is_kept = *name == "table" && self.is_quirky;
        let traits = if is_kept { traits & !elements::ENDS_PARAGRAPH } else { traits };
        let Some(kept) = self.open.kept_by_start(name, traits) else {
            // A cell of no table is no cell, but nobody reads on over it.
            self.part();
            return false;
        };
        self.pop_to(kept, file.start);
        if self.open.lacks_row(name) {
            self.start(&StartTag::new("tr", &Attributes::default(), file.start..file.start));
        }
        true
    }

    fn void(&mut self, tag: &StartTag<'_>) {
        let StartTag { name, attributes, file, .. } = tag;
        let has_description = attributes.get("alt").is_some_and(|alt| !alt.trim().is_empty());
        match *name {
            "br" => self.set("\n", file.clone()),
            "hr" => self.part(),
            "img" | "image" if has_description => self.leave_out(IMAGES, file.clone()),
            _ => {}
        }
    }

    fn push(&mut self, tag: &StartTag<'_>, (id, traits): (Name, Traits), is_foreign: bool) {
        let StartTag { name, attributes, file, .. } = tag;
        let was_shown = self.shows();
        let around = self.open.top().map_or(Shown::ALL, |top| top.own);
        let hides = traits & elements::HIDES != 0
            || is_foreign && traits & elements::HIDES_IN_FOREIGN != 0
            || attributes.hide(name, is_foreign);
        let revealed = around.revealed && !hides;
        let words = revealed && (around.words || traits & elements::REVEALS != 0) && traits & elements::HIDES_MOST == 0;
        let is_visible = attributes.visible().unwrap_or(around.is_visible);
        let what = match *name {
            "head" | "title" => HEAD,
            _ if traits & elements::CODE != 0 => CODE,
            _ => HIDDEN,
        };
        let left_out = (was_shown && !(revealed && is_visible)).then_some((what, file.start));
        if traits & elements::LISTS != 0 {
            self.lists.push(NumberedList::new(name, attributes));
        }
        let is_shown = words && is_visible && !self.formatting.hides();
        let unit = UNITS.iter().find(|(element, _)| is_shown && element == name).map(|(_, unit)| *unit);
        if traits & elements::HEADING != 0 {
            self.headings.extend(name[1..].parse::<u8>());
        }
        if traits & elements::MARKER != 0 {
            self.formatting.open_cell();
        }
        let is_within = is_foreign && traits & elements::INTEGRATES == 0;
        let own = Shown { words, revealed, is_visible, left_out, is_unit: unit.is_some() };
        self.open.push((id, traits), is_within, own);
        match unit {
            Some(unit) => {
                let list = self.lists.last_mut().filter(|_| *name == "li");
                let own = attributes.get("value").filter(|_| *name == FOOTNOTE).map(str::to_owned);
                let number = list.and_then(|list| list.number(attributes)).or(own);
                self.writer.open_unit(unit, number);
            }
            None if traits & elements::BLOCK != 0 => self.part(),
            None => {}
        }
    }

    /// Ends an element.
    pub(super) fn end(&mut self, name: &str, file: &Range<usize>) {
        let (id, traits) = self.open.name(name);
        match name {
            _ if self.is_raw(Some(id)) => {}
            "br" => self.set("\n", file.clone()),
            "form" => self.end_form(id, file.end),
            _ if traits & elements::FORMATS != 0 && !self.is_foreign() => self.end_formatting(id, file.end),
            _ => {
                let kept = self.open.kept_by_end(name, traits);
                if (name == "p" || traits & elements::TABLE_PART != 0) && kept == self.open.len() {
                    self.part();
                }
                self.pop_to(kept, file.end);
            }
        }
    }

    /// Adds words that stand so at a byte of the file.
    pub(super) fn verbatim(&mut self, words: &str, origin: usize) {
        if !self.takes(words, origin) {
            return;
        }
        if !self.is_raised() {
            return self.writer.push(words, origin);
        }
        for (offset, letter) in words.char_indices() {
            let start = origin + offset;
            self.writer.push_set(raised(letter).encode_utf8(&mut [0; 4]), start..start + letter.len_utf8());
        }
    }

    /// Adds words for which something else stands in the file.
    pub(super) fn set(&mut self, words: &str, file: Range<usize>) {
        if self.takes(words, file.start) {
            let words: String = if self.is_raised() { words.chars().map(raised).collect() } else { words.to_owned() };
            self.writer.push_set(&words, file);
        }
    }

    /// Records that something in the file is not shown, unless what it stands in is not.
    pub(super) fn leave_out(&mut self, what: &'static str, file: Range<usize>) {
        if self.shows() {
            self.writer.leave_out(what, file);
        }
    }

    /// What is shown of the page, whose file ends at a byte.
    pub(super) fn finish(mut self, end: usize) -> Prose {
        self.pop_to(0, end);
        self.writer.finish()
    }

    /// Whether words are shown. They cannot stand in the head of a page.
    fn takes(&mut self, words: &str, at: usize) -> bool {
        if !self.has_body && !words.trim().is_empty() {
            self.begin_body(at);
        }
        self.shows()
    }

    fn shows(&self) -> bool {
        let own = self.open.top().map_or(Shown::ALL, |top| top.own);
        own.words && own.is_visible && !self.formatting.hides()
    }

    fn is_raised(&self) -> bool {
        self.open.is_open("sup")
    }

    fn is_foreign(&self) -> bool {
        self.open.top().is_some_and(|top| top.is_foreign)
    }

    /// Whether the innermost element takes tags for text, but for its own end.
    fn is_raw(&self, end: Option<Name>) -> bool {
        self.open.top().is_some_and(|top| top.traits & elements::RAW != 0 && !top.is_foreign && end != Some(top.name))
    }

    fn begin_body(&mut self, at: usize) {
        let head = self.open.name("head").0;
        match self.open.top() {
            None => self.has_body = true,
            Some(top) if top.name == head => {
                self.has_body = true;
                self.pop(at);
            }
            Some(_) => {}
        }
    }

    /// Ends the paragraph, if what is read now is shown.
    fn part(&mut self) {
        if self.shows() {
            self.writer.paragraph(self.headings.last().copied());
        }
    }

    fn end_formatting(&mut self, name: Name, at: usize) {
        let Some((place, left_out)) = self.formatting.end(name) else { return };
        self.pop_to(self.open.kept_by_formatting(place), at);
        if let Some(start) = left_out {
            self.leave_out(HIDDEN, start..at);
        }
    }

    /// Ends a form; what is open within it stays open.
    fn end_form(&mut self, form: Name, at: usize) {
        if std::mem::take(&mut self.has_form) {
            self.pop_to(self.open.kept_by_themselves(), at);
            if self.open.top().is_some_and(|top| top.name == form) {
                self.pop(at);
            }
        }
    }

    fn pop_to(&mut self, kept: usize, at: usize) {
        while self.open.len() > kept {
            self.pop(at);
        }
    }

    /// Ends the innermost element at a byte of the file.
    fn pop(&mut self, at: usize) {
        let was_shown = self.shows();
        let Some(last) = self.open.pop() else { return };
        if last.traits & elements::MARKER != 0 {
            self.formatting.close_cell();
        }
        if last.traits & elements::LISTS != 0 {
            self.lists.pop();
        }
        if last.traits & elements::HEADING != 0 {
            self.headings.pop();
        }
        if let Some((what, start)) = last.own.left_out {
            self.writer.leave_out(what, start..at.max(start));
        }
        if last.own.is_unit {
            self.writer.close_unit();
        } else if was_shown && last.traits & elements::BLOCK != 0 {
            self.part();
        }
    }
}

impl Shown {
    const ALL: Shown = Shown { words: true, revealed: true, is_visible: true, left_out: None, is_unit: false };
}

fn raised(letter: char) -> char {
    letter.to_digit(10).map_or(letter, |digit| SUPERSCRIPTS[digit as usize])
}
