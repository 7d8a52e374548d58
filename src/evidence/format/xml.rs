//! XML, read piece by piece, each with its place: no entity is expanded but those that every XML document has, nothing else is
//! read, and elements stand in one another no deeper than a limit.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::fault::{DEEPEST, DocumentFault};

/// A piece of an XML document.
#[derive(Debug)]
pub(super) enum XmlPiece<'a> {
    /// An element begins; every one ends.
    Start(XmlElement<'a>),
    /// The innermost element that is open ends.
    End,
    /// Words, as they are meant, and where they stand.
    Words(Cow<'a, str>, Range<usize>),
    /// A reference to an entity that the document itself declares, or nobody: what stands in its place is not known.
    Entity(Range<usize>),
    /// A comment.
    Comment(Range<usize>),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct XmlElement<'a> {
    start: BytesStart<'a>,
    /// Where its tag stands.
    pub(super) file: Range<usize>,
}

impl XmlElement<'_> {
    /// Its name, without a prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of the attribute of that name; if there is none, of one that has the name behind a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let find = |is_it: &dyn Fn(QName<'_>) -> bool| {
            self.start.attributes().with_checks(false).flatten().find(|attribute| is_it(attribute.key))
        };
        let exact = find(&|key| key.as_ref() == name);
        let found = exact.or_else(|| find(&|key| key.local_name().as_ref() == name))?;
        let value = unescape(&found.value).map(Cow::into_owned);
        Some(value.unwrap_or_else(|_| found.value.into_owned()))
    }
}

/// Reads XML.
#[derive(Debug)]
pub(super) struct XmlReader<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where in the text the reader began.
    begins: usize,
    depth: usize,
}

impl<'a> XmlReader<'a> {
    pub(super) fn new(text: &'a str) -> XmlReader<'a> {
        let bare = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(bare);
        reader.config_mut().expand_empty_elements = true;
        XmlReader { text, reader, begins: text.len() - bare.len(), depth: 0 }
    }

    /// The next piece; nothing at the end.
    ///
    /// # Errors
    /// When the document is not well-formed, or too deep.
    pub(super) fn next(&mut self) -> Result<Option<XmlPiece<'a>>, DocumentFault> {
        loop {
            let from = self.position();
            let Ok(event) = self.reader.read_event() else { return Err(self.not_well_formed()) };
            let file = from..self.position();
            return Ok(Some(match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(DocumentFault::TooDeep(self.line(file.start)));
                    }
                    XmlPiece::Start(XmlElement { start, file })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    XmlPiece::End
                }
                Event::Text(_) => XmlPiece::Words(Cow::Borrowed(&self.text[file.clone()]), file),
                Event::CData(words) => {
                    let start = file.start + "<![CDATA[".len();
                    XmlPiece::Words(words.into_inner(), start..file.end.saturating_sub("]]>".len()).max(start))
                }
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(letter)) => XmlPiece::Words(Cow::Owned(letter.to_string()), file),
                    Ok(None) => match resolve_predefined_entity(&reference) {
                        Some(meant) => XmlPiece::Words(Cow::Owned(meant.to_owned()), file),
                        None => XmlPiece::Entity(file),
                    },
                    Err(_) => return Err(self.not_well_formed()),
                },
                Event::Comment(_) => XmlPiece::Comment(file),
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
                Event::Eof if self.depth > 0 => return Err(self.not_well_formed()),
                Event::Eof => return Ok(None),
            }));
        }
    }

    /// Passes over the element that has begun just now, and says where it stands.
    ///
    /// # Errors
    /// As [`XmlReader::next`].
    pub(super) fn skip(&mut self, element: &XmlElement<'_>) -> Result<Range<usize>, DocumentFault> {
        let around = self.depth.saturating_sub(1);
        while self.depth > around && self.next()?.is_some() {}
        Ok(element.file.start..self.position())
    }

    fn position(&self) -> usize {
        self.begins + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn not_well_formed(&self) -> DocumentFault {
        let position = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let at = if position == 0 { self.position() } else { self.begins + position };
        DocumentFault::NotWellFormed(self.line(at))
    }

    /// The line, from 1, on which a byte stands.
    fn line(&self, byte: usize) -> usize {
        let before = &self.text.as_bytes()[..byte.min(self.text.len())];
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }
}

/// The name of the outermost element of a text, if it is XML as far as that.
pub(super) fn root(text: &str) -> Option<String> {
    let mut reader = XmlReader::new(text);
    loop {
        match reader.next().ok()?? {
            XmlPiece::Start(element) => return Some(element.name().to_owned()),
            XmlPiece::Comment(_) => {}
            XmlPiece::Words(words, _) if words.trim().is_empty() => {}
            XmlPiece::End | XmlPiece::Words(..) | XmlPiece::Entity(..) => return None,
        }
    }
}

/// The encoding that an XML document says of itself that it is in.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).strip_prefix(b"<?xml")?;
    let end = bytes.iter().take(LONGEST_DECLARATION).position(|byte| *byte == b'>')?;
    let declaration = String::from_utf8_lossy(&bytes[..end]);
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split_once(quote).map(|(label, _)| label.to_owned())
}

/// What an XML document says of itself before its outermost element is no longer than this.
const LONGEST_DECLARATION: usize = 200;
