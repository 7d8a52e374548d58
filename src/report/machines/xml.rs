//! XML, written so that no text becomes markup; the only file that knows quick-xml.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::report::common::guard::disarm;
use crate::text::visible;

/// A document that is being written.
pub(crate) struct Xml<'a> {
    writer: Writer<&'a mut dyn Write>,
}

/// The attributes of an element, in order.
pub(crate) type Attributes<'a> = [(&'a str, &'a str)];

impl<'a> Xml<'a> {
    /// Begins a document.
    pub(crate) fn new(out: &'a mut dyn Write) -> io::Result<Xml<'a>> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Xml { writer })
    }

    /// Opens an element that holds others.
    pub(crate) fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    /// Closes the element opened last, which has this name.
    pub(crate) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an element that holds nothing.
    pub(crate) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// Writes an element that holds lines of text.
    pub(crate) fn text(&mut self, name: &str, attributes: &Attributes<'_>, lines: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        let clean: Vec<String> = lines.split('\n').map(clean).collect();
        self.writer.write_event(Event::Text(BytesText::new(&clean.join("\n"))))?;
        self.close(name)
    }

    /// Ends the document.
    pub(crate) fn end(self) -> io::Result<()> {
        writeln!(self.writer.into_inner())
    }
}

fn start<'a>(name: &'a str, attributes: &Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, clean(value).as_str()));
    }
    start
}

/// A line in which every character is one that XML 1.0 has, and none a command to who shows it.
fn clean(line: &str) -> String {
    let legal: String = line.chars().map(visible).map(legal).collect();
    unlinked(&disarm(&legal)).into_owned()
}

/// The two characters besides the controls that XML 1.0 does not have.
fn legal(character: char) -> char {
    match character {
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        shown => shown,
    }
}

/// GitLab and Jenkins take `[[ATTACHMENT|path]]` in a report for a file to link to.
fn unlinked(line: &str) -> Cow<'_, str> {
    if line.contains("[[") { line.replace("[[", "[\u{fffd}").into() } else { line.into() }
}
