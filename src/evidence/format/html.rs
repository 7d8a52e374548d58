//! HTML: what a browser would show of it.

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

use crate::evidence::prose::{Prose, Writer};

/// Elements that part paragraphs.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements whose words nobody sees, or that are struck out.
const HIDDEN: &[&str] = &[
    "head", "title", "script", "style", "template", "noscript", "textarea", "select", "svg", "math", "object",
    "iframe", "del", "s", "rt", "rp",
];
/// Elements that have no end.
const EMPTY: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

struct HtmlReader<'a> {
    document: &'a str,
    writer: Writer,
    /// The element that hides what is in it, and how deep in elements of its name the reader is.
    hidden: Option<(String, usize)>,
    superscripts: usize,
}

pub(super) fn read(document: &str) -> Prose {
    let mut reader = HtmlReader { document, writer: Writer::default(), hidden: None, superscripts: 0 };
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(document, emitter) {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&tag),
            Token::String(words) if reader.hidden.is_none() => {
                let written = words.span.start..words.span.end;
                reader.words(&String::from_utf8_lossy(&words), written);
            }
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.writer.finish()
}

impl HtmlReader<'_> {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if EMPTY.contains(&name.as_str()) {
            match name.as_str() {
                "br" => self.writer.push("\n", tag.span.start),
                "hr" => self.writer.paragraph(None),
                _ => {}
            }
            return;
        }
        match &mut self.hidden {
            Some((hidden, depth)) if *hidden == name => *depth += 1,
            Some(_) => {}
            None if HIDDEN.contains(&name.as_str()) || is_hidden(tag) => self.hidden = Some((name, 1)),
            None => self.show(&name, true),
        }
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        match &mut self.hidden {
            Some((hidden, depth)) if *hidden == name && *depth > 1 => *depth -= 1,
            // What ends the page ends all that is in it.
            Some((hidden, _)) if *hidden == name || matches!(name.as_str(), "body" | "html") => self.hidden = None,
            Some(_) => {}
            None => self.show(&name, false),
        }
    }

    fn show(&mut self, name: &str, starts: bool) {
        match name {
            "sup" if starts => self.superscripts += 1,
            "sup" => self.superscripts = self.superscripts.saturating_sub(1),
            _ if HEADINGS.contains(&name) => self.writer.paragraph(heading_level(name).filter(|_| starts)),
            _ if BLOCKS.contains(&name) => self.writer.paragraph(None),
            _ => {}
        }
    }

    fn words(&mut self, words: &str, at: std::ops::Range<usize>) {
        let written = self.document.get(at.clone()).unwrap_or_default();
        if self.superscripts > 0 {
            let raised = |letter: char| letter.to_digit(10).map_or(letter, |digit| SUPERSCRIPTS[digit as usize]);
            for (offset, letter) in words.char_indices() {
                let start = (at.start + offset).min(at.end);
                self.push(raised(letter), start..(start + letter.len_utf8()).min(at.end));
            }
        } else if written == words {
            self.writer.push(words, at.start);
        } else {
            self.entities(words, written, at.start);
        }
    }

    fn push(&mut self, letter: char, file: std::ops::Range<usize>) {
        self.writer.push_set(letter.encode_utf8(&mut [0; 4]), file);
    }

    /// Words of which some are written as entities: one is as long as from `&` to `;` and stands for one character.
    fn entities(&mut self, words: &str, written: &str, start: usize) {
        let mut at = 0;
        for letter in words.chars() {
            let rest = written.get(at..).unwrap_or_default();
            let length = match rest.strip_prefix('&').and_then(|rest| rest.find(';')) {
                Some(length) if letter != '&' || rest.starts_with("&amp") || rest.starts_with("&#") => length + 2,
                Some(_) | None => letter.len_utf8(),
            };
            let end = (at + length).min(written.len());
            self.push(letter, start + at.min(end)..start + end);
            at += length;
        }
    }
}

/// The level of a heading: 2 for `h2`.
fn heading_level(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok()
}

/// Whether an element says of itself that it is not shown.
fn is_hidden(tag: &StartTag<usize>) -> bool {
    let attribute =
        |name: &[u8]| tag.attributes.iter().find(|(known, _)| known.as_slice() == name).map(|(_, value)| value);
    let style = attribute(b"style").map(|style| String::from_utf8_lossy(style).replace(' ', "").to_ascii_lowercase());
    attribute(b"hidden").is_some()
        || style.is_some_and(|style| style.contains("display:none") || style.contains("visibility:hidden"))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_what_is_shown_is_read() {
        let document = "<!doctype html><title>no</title><h2>Article&nbsp;5</h2><p>Japan <b>will</b> act&mdash;now.<sup>12</sup>\
            <!-- not --></p><p hidden>never <b>this</b></p><script>if (a < b) {}</script><p>A &lt; B<br>C</p>";
        let prose = read(document);
        let shown: Vec<&str> = (0..prose.paragraphs.len()).map(|number| prose.words(number)).collect();
        assert_eq!(shown, ["Article\u{a0}5", "Japan will act—now.¹²", "A < B\nC"]);
        assert!(prose.paragraphs[0].is_heading() && !prose.paragraphs[1].is_heading());
        let at = prose.text.find("now").unwrap();
        assert_eq!(&document[prose.in_file(&(at..at + 3))], "now");
        let at = prose.text.find("—").unwrap();
        assert_eq!(&document[prose.in_file(&(at - 3..at + 3))], "act&mdash;");
    }
}
