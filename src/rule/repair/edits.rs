//! Edits of claims by what they are to do, turned into edits of their text.

use crate::condition::PlaceTarget;
use crate::diagnostic::TextEdit;
use crate::model::{Block, BlockId, Corpus, FieldValues, local};
use crate::schema::FieldId;
use crate::text::{Source, Sources, Span};

/// Where edits are worked out.
#[derive(Clone, Copy)]
pub(crate) struct EditBuilder<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) sources: &'a Sources,
}

impl EditBuilder<'_> {
    /// Puts a text in the place of values.
    pub(crate) fn replace(self, target: &PlaceTarget, text: &str) -> Vec<TextEdit> {
        target.values.iter().map(|at| TextEdit { at: *at, text: text.to_owned() }).collect()
    }

    /// Gives a field these values and no others; writes the field if it is not there.
    pub(crate) fn set(self, target: &PlaceTarget, text: &str) -> Vec<TextEdit> {
        let Some(field) = target.field else { return Vec::new() };
        match self.written(target.block, field).and_then(values) {
            Some(at) => vec![TextEdit { at, text: text.to_owned() }],
            None => self.insert(target.block, field, text),
        }
    }

    /// Adds a value to a field; writes the field if it is not there.
    pub(crate) fn add(self, target: &PlaceTarget, text: &str) -> Vec<TextEdit> {
        let Some(field) = target.field else { return Vec::new() };
        match self.written(target.block, field).and_then(values) {
            Some(at) => vec![TextEdit { at: at.after(), text: format!(", {text}") }],
            None => self.insert(target.block, field, text),
        }
    }

    /// Takes out values, or a field with all of them, or a block.
    pub(crate) fn remove(self, target: &PlaceTarget) -> Vec<TextEdit> {
        let Some(field) = target.field else { return vec![self.cut(self.block(target.block).whole())] };
        let Some(written) = self.written(target.block, field) else { return Vec::new() };
        let all = written.values.iter().all(|held| target.values.contains(&held.span));
        match values(written) {
            Some(last) if all => vec![self.cut(written.name.to(last))],
            Some(_) | None => {
                let gone = |at: &Span| target.values.contains(at);
                written_values(written)
                    .into_iter()
                    .enumerate()
                    .filter(|(_, at)| gone(at))
                    .map(|(number, at)| self.cut_value(written, number, at))
                    .collect()
            }
        }
    }

    /// Gives a field another name, unless the block has one of that name already.
    pub(crate) fn rename_to(self, target: &PlaceTarget, name: &str) -> Vec<TextEdit> {
        let schema = &self.corpus.schema;
        let to = schema.field_of(self.block(target.block).kind(), name);
        let is_free = to.is_some_and(|to| self.written(target.block, to).is_none());
        let field = target.field.and_then(|field| self.written(target.block, field)).filter(|_| is_free);
        field.map(|field| TextEdit { at: field.name, text: name.to_owned() }).into_iter().collect()
    }

    /// Writes text behind the outermost block around one, with an empty line between.
    pub(crate) fn insert_block(self, target: &PlaceTarget, text: &str) -> Vec<TextEdit> {
        let mut outermost = target.block;
        while let Some(outer) = self.block(outermost).outer() {
            outermost = outer;
        }
        let line_break = self.source(outermost).line_break();
        vec![TextEdit { at: self.block(outermost).whole().after(), text: format!("{line_break}{line_break}{text}") }]
    }

    fn block(&self, block: BlockId) -> Block<'_> {
        self.corpus.block(block)
    }

    fn source(&self, block: BlockId) -> &Source {
        self.sources.get(self.corpus.source(block))
    }

    /// A field that stands in the body of a block, rather than being filled by its header.
    fn written(&self, block: BlockId, field: FieldId) -> Option<FieldValues<'_>> {
        self.corpus.field(block, field).filter(|held| held.name != self.block(block).header())
    }

    /// A new field behind the others, on a line of its own where they have theirs.
    fn insert(&self, block: BlockId, field: FieldId, text: &str) -> Vec<TextEdit> {
        let data = self.block(block);
        let field = format!("{}: {text}", self.corpus.schema.field(field).name);
        let source = self.source(block);
        if !self.corpus.is_written(block, self.sources) {
            return self.declare(data, &field);
        }
        let written = data.fields().filter(|held| held.name != data.header());
        let last = written.filter_map(|held| Some((held.name, values(held)?))).max_by_key(|(_, last)| last.end);
        let (at, text) = match (last, self.brace(data)) {
            (Some((name, last)), _) => match indentation(source, name) {
                Some(indentation) => (line_end(source, last), format!("{}{indentation}{field}", source.line_break())),
                None => (last.after(), format!("  {field}")),
            },
            (None, Some(brace)) => (brace.after(), format!(" {field}")),
            (None, None) => (data.whole().after(), format!(" {{ {field} }}")),
        };
        vec![TextEdit { at, text }]
    }

    /// A block of its own for what only its use declares, at the end of the file.
    fn declare(&self, data: Block<'_>, field: &str) -> Vec<TextEdit> {
        let schema = &self.corpus.schema;
        let Some(id) = data.id().filter(|_| schema.kind(data.kind()).open) else { return Vec::new() };
        let source = self.sources.get(data.whole().source);
        let (end, line_break) = (source.text().len() as u32, source.line_break());
        let gap = if source.text().ends_with('\n') { line_break.to_owned() } else { line_break.repeat(2) };
        let kind = &schema.kind(data.kind()).name;
        let text = format!("{gap}{kind} {} {{ {field} }}{line_break}", local(id, data.namespace()));
        vec![TextEdit { at: Span::new(data.whole().source, end, end), text }]
    }

    /// The brace that opens the body of a block.
    fn brace(&self, data: Block<'_>) -> Option<Span> {
        let text = self.sources.get(data.whole().source).text();
        let mut at =
            data.title().as_ref().map_or(data.header().end, |title| title.span.end.max(data.header().end)) as usize;
        while at < data.whole().end as usize {
            match text[at..].chars().next()? {
                '{' => return Some(Span::new(data.whole().source, at as u32, at as u32 + 1)),
                '#' => at += text[at..].find('\n').unwrap_or(text.len() - at),
                other => at += other.len_utf8(),
            }
        }
        None
    }

    /// One of several values, with the comma that parts it from its neighbour.
    fn cut_value(&self, written: FieldValues<'_>, number: usize, at: Span) -> TextEdit {
        let all = written_values(written);
        let cut = match (number, all.get(number + 1)) {
            (0, Some(next)) => Span::new(at.source, at.start, next.start),
            (0, None) => at,
            (_, _) => Span::new(at.source, all[number - 1].end, at.end),
        };
        TextEdit { at: cut, text: String::new() }
    }

    /// A piece of text, with a comma behind it, and with its line where nothing else stands on it.
    fn cut(&self, at: Span) -> TextEdit {
        let text = self.sources.get(at.source).text();
        let blanks = [' ', '\t'];
        let before = text[..at.start as usize].trim_end_matches(blanks);
        let behind = text[at.end as usize..].trim_start_matches(blanks);
        let behind = behind.strip_prefix(',').unwrap_or(&text[at.end as usize..]);
        let rest = behind.trim_start_matches(blanks);
        let alone = before.is_empty() || before.ends_with(['\n', '\r']);
        let line_break = ["\r\n", "\n", "\r"].into_iter().find(|line_break| rest.starts_with(line_break));
        let place = |text: &str, rest: &str| (text.len() - rest.len()) as u32;
        let (start, end) = match (alone, line_break) {
            (true, Some(line_break)) => (before.len() as u32, place(text, rest) + line_break.len() as u32),
            (true, None) => (at.start, place(text, rest)),
            (false, _) => (before.len() as u32, place(text, behind)),
        };
        TextEdit { at: Span::new(at.source, start, end), text: String::new() }
    }
}

/// From the first value of a field to the last.
fn values(written: FieldValues<'_>) -> Option<Span> {
    Some(written.values.first()?.span.to(written.values.last()?.span))
}

/// The places of the values of a field.
fn written_values(written: FieldValues<'_>) -> Vec<Span> {
    written.values.iter().map(|held| held.span).collect()
}

/// What stands before a name on its line, if that is nothing but blanks.
fn indentation(source: &Source, name: Span) -> Option<String> {
    let (start, line) = source.line(source.position(name.start).line);
    let before = line.get(..(name.start - start) as usize)?;
    before.chars().all(|character| matches!(character, ' ' | '\t')).then(|| before.to_owned())
}

/// Behind a comma or a remark that follows on the same line; but not behind anything else.
fn line_end(source: &Source, last: Span) -> Span {
    let (start, line) = source.line(source.position(last.end).line);
    let rest = line.get((last.end - start) as usize..).unwrap_or_default();
    let bare = rest.trim_start().trim_start_matches(',').trim_start();
    if bare.is_empty() || bare.starts_with('#') {
        Span::new(last.source, start + line.len() as u32, start + line.len() as u32)
    } else {
        last.after()
    }
}
