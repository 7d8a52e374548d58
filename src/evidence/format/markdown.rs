//! Markdown: what is shown of it, without its marks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::evidence::prose::{Prose, Writer};

pub(super) fn read(document: &str) -> Prose {
    let mut writer = Writer::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    // Nobody reads the front of a page, what is struck out, or the name of a picture.
    let options =
        options | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut hidden = 0_usize;
    // The number of the next item of each list that is open; none in a list without numbers.
    let mut lists: Vec<Option<u64>> = Vec::new();
    for (event, at) in Parser::new_ext(document, options).into_offset_iter() {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => {
                writer.leave_out("front matter", at);
                hidden += 1;
            }
            Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::Strikethrough) => hidden += 1,
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::Strikethrough) => {
                hidden = hidden.saturating_sub(1);
            }
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                let next = lists.last_mut().and_then(Option::as_mut);
                let number = next.map(|next| std::mem::replace(next, next.saturating_add(1)).to_string());
                writer.open_unit("item", number);
            }
            Event::End(TagEnd::Item) => writer.close_unit(),
            Event::Start(Tag::Heading { level, .. }) => writer.paragraph(Some(level as u8)),
            Event::Start(tag) if is_block(&tag) => writer.paragraph(None),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell) => {
                writer.paragraph(None);
            }
            Event::Text(words) | Event::Code(words) if hidden == 0 => {
                let written = &document[at.clone()];
                match written.find(&*words) {
                    Some(offset) => writer.push(&words, at.start + offset),
                    None => writer.push_set(&words, at),
                }
            }
            Event::SoftBreak | Event::HardBreak => writer.push("\n", at.start),
            _ => {}
        }
    }
    writer.finish()
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::TableCell | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn marks_are_not_words() {
        let document = "# The *title*\n\nJapan **will** [act](x.md)&amp;\nmore.<!-- not -->\n\n- `one`\n- two\n";
        let prose = read(document);
        let shown: Vec<&str> = (0..prose.paragraphs.len()).map(|number| prose.words(number)).collect();
        assert_eq!(shown, ["The title", "Japan will act&\nmore.", "one", "two"]);
        assert!(prose.paragraphs[0].is_heading() && !prose.paragraphs[1].is_heading());
        let at = prose.text.find("act&").unwrap();
        assert_eq!(&document[prose.in_file(&(at..at + 3))], "act");
    }
}
