//! Many files, and the pieces of large ones, read at the same time.
//!
//! A file is cut behind lines that end with a brace, which is where blocks end, and nearly always rightly so. A cut that was
//! wrong shows: the piece before it has a problem, or does not end with the brace of an outermost block. Such a file is
//! read again as a whole, and so is one with a block that stays open, since where it ends changes what the others mean. Where
//! it is cut depends on nothing but its text, so that the number of threads changes nothing.

use std::num::NonZeroUsize;
use std::ops::Range;

use memchr::memchr_iter;

use super::document::{self, DocumentReader, ReadFrom};
use super::input::Input;
use super::parse::{Parse, in_order, parse};
use super::{scan, tree};
use crate::diagnostic::Diagnostic;
use crate::text::{SourceId, Sources, parallel_map};

/// The bytes from one cut to the next, at least.
const PIECE: usize = 1 << 20;

/// Outermost blocks in the order of the text.
pub type OutermostBlocks<'a> = &'a mut dyn Iterator<Item = tree::BlockNode>;

/// What was read of a file.
#[derive(Debug)]
pub struct ReadFile<T> {
    /// What was made of its pieces, in their order; most files are one.
    pub pieces: Vec<T>,
    /// What is wrong in it, in the order of the places.
    pub problems: Vec<Diagnostic>,
}

/// Reads claims files as [`parse`] does, by so many threads, and makes something of each piece.
///
/// What is made of a piece is made while it is read: of its outermost blocks, each of which is read when it is asked for, so
/// that there never is a tree of the whole. Every piece knows the namespace of its file.
pub fn read_all<T: Send>(
    files: &[SourceId],
    sources: &Sources,
    threads: NonZeroUsize,
    make: impl Fn(tree::Head<'_>, OutermostBlocks<'_>) -> T + Sync,
) -> Vec<ReadFile<T>> {
    read_cut(files, sources, (threads, PIECE), make)
}

fn read_cut<T: Send>(
    files: &[SourceId],
    sources: &Sources,
    (threads, size): (NonZeroUsize, usize),
    make: impl Fn(tree::Head<'_>, OutermostBlocks<'_>) -> T + Sync,
) -> Vec<ReadFile<T>> {
    let pieces: Vec<FilePiece> = files.iter().flat_map(|file| FilePiece::all(*file, sources, size)).collect();
    let mut made = parallel_map(&pieces, threads, |piece| piece.read(sources, &make)).into_iter();
    let mut read = Vec::with_capacity(files.len());
    for of_file in pieces.chunk_by(|a, b| a.file == b.file) {
        let made = made.by_ref().take(of_file.len()).collect();
        read.push(joined(made).unwrap_or_else(|| {
            let Parse { file, problems } = parse(of_file[0].file, sources);
            let head = tree::Head { source: file.source, namespace: file.namespace.as_ref() };
            ReadFile { pieces: vec![make(head, &mut file.blocks.into_iter())], problems }
        }));
    }
    read
}

/// A piece of a file.
struct FilePiece {
    file: SourceId,
    bytes: Range<usize>,
    /// The namespace of the file, where the piece does not begin it.
    namespace: Option<tree::Path>,
}

/// A piece that was read as if nothing stood around it.
struct ParsedPiece<T> {
    what: T,
    problems: Vec<Diagnostic>,
    /// Whether it is known to mean in its file what it means alone, and no block of it stayed open.
    is_whole: bool,
}

impl FilePiece {
    fn all(file: SourceId, sources: &Sources, size: usize) -> Vec<FilePiece> {
        let text = sources.get(file).text();
        let cuts = cut(text, size);
        let namespace = if cuts.len() > 1 { document::namespace(Input::new(file, 0, text)) } else { None };
        let piece = |bytes: Range<usize>| {
            let namespace = namespace.clone().filter(|_| bytes.start > 0);
            FilePiece { file, bytes, namespace }
        };
        cuts.into_iter().map(piece).collect()
    }

    fn read<T>(&self, sources: &Sources, make: impl Fn(tree::Head<'_>, OutermostBlocks<'_>) -> T) -> ParsedPiece<T> {
        let FilePiece { file, bytes, namespace } = self;
        let text = sources.get(*file).text();
        let piece = &text[bytes.clone()];
        let input = Input::new(*file, bytes.start as u32, piece);
        let mut reader = DocumentReader::new(input, if bytes.start == 0 { ReadFrom::OfFile } else { ReadFrom::Within });
        let own = reader.namespace.take();
        let what = make(tree::Head { source: *file, namespace: own.as_ref().or(namespace.as_ref()) }, &mut reader);
        reader.by_ref().for_each(drop);
        let is_closed = !reader.is_open();
        let (_, end) = reader.finish(Vec::new());
        let brace = bytes.start + piece.trim_end_matches(['\n', '\r']).len();
        let ends = bytes.end == text.len() || end.last_closed.is_some_and(|last| last.end as usize == brace);
        let problems = in_order(end.problems, scan::problems(input));
        let is_alone = *bytes == (0..text.len());
        ParsedPiece { what, is_whole: is_closed && (is_alone || ends && problems.is_empty()), problems }
    }
}

/// The file that pieces make; none if one of them may mean something else in it.
fn joined<T>(pieces: Vec<ParsedPiece<T>>) -> Option<ReadFile<T>> {
    if !pieces.iter().all(|piece| piece.is_whole) {
        return None;
    }
    let mut read = ReadFile { pieces: Vec::with_capacity(pieces.len()), problems: Vec::new() };
    for ParsedPiece { what, problems, .. } in pieces {
        read.pieces.push(what);
        read.problems.extend(problems);
    }
    Some(read)
}

/// The pieces of a text, each of at least so many bytes but for the last.
fn cut(text: &str, size: usize) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut from = size;
    while let Some(end) = text.as_bytes().get(from..).and_then(|rest| Some(from + block_end(rest)?)) {
        starts.push(end);
        from = end + size;
    }
    let ends = starts[1..].iter().copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Behind the first line that ends with a brace and is followed by what may begin a block.
fn block_end(bytes: &[u8]) -> Option<usize> {
    let ends_block = |at: &usize| {
        let line = bytes[..*at].strip_suffix(b"\r").unwrap_or(&bytes[..*at]);
        let next = bytes.get(at + 1).copied();
        line.ends_with(b"}") && next.is_some_and(|next| !matches!(next, b' ' | b'\t' | b'}'))
    };
    memchr_iter(b'\n', bytes).find(ends_block).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::{OutermostBlocks, cut, parse, read_cut, tree};
    use crate::text::Sources;

    /// Blocks as they may follow each other, with what makes cuts go wrong.
    const BLOCKS: &[&str] = &[
        "a b {\n  c: d\n}\n",
        "a e \"t\"\n",
        "a f { c: d }\n",
        "# }\n",
        "a\n",
        "a g { c: \"x }\n\" }\n",
        "a h {\n  c: \"x\n}\na i\"\n}\n",
        "a j {\n  a k {\n}\n}\n",
        "a l {\n  c: d\n",
        "}\n",
        "c: d\n",
        "a \"open\n",
        "a m { c: \"\\q\" }\n",
        "a n\u{200b} { }\r\n",
        "namespace z\n",
        "{\n}\n",
        "a o, p {\n}\n",
        "a 条約 { c: 条 }\n\n",
    ];

    /// Every file of up to four of the blocks is read in pieces as it is read whole, by any number of threads.
    #[test]
    fn pieces_are_read_as_the_whole_is() {
        let choices = BLOCKS.len();
        for number in 0..choices.pow(4) {
            let chosen = (0..4).map(|place| BLOCKS[number / choices.pow(place) % choices]);
            check(&chosen.collect::<String>(), 1 + number % 3);
        }
    }

    #[test]
    fn a_file_is_cut_behind_its_blocks() {
        let text = BLOCKS[0].repeat(8);
        assert_eq!(cut(&text, 1).len(), 8);
        assert_eq!(cut("", 1).len(), 1);
    }

    fn check(text: &str, threads: usize) {
        let mut sources = Sources::new();
        let file = sources.add("a.claims", format!("namespace n\n{text}"));
        let threads = NonZeroUsize::new(threads).unwrap();
        let shown = |head: tree::Head<'_>, blocks: OutermostBlocks<'_>| {
            let blocks = blocks.map(|block| format!("{block:?}")).collect::<Vec<_>>();
            (format!("{:?}", head.namespace.map(|path| path.span())), blocks)
        };
        let read = read_cut(&[file], &sources, (threads, 1), shown).pop().unwrap();
        let whole = parse(file, &sources);
        let head = tree::Head { source: file, namespace: whole.file.namespace.as_ref() };
        let (namespace, blocks) = shown(head, &mut whole.file.blocks.into_iter());
        assert!(read.pieces.iter().all(|piece| piece.0 == namespace), "{text:?}");
        assert_eq!(
            read.pieces.iter().flat_map(|piece| &piece.1).collect::<Vec<_>>(),
            blocks.iter().collect::<Vec<_>>()
        );
        assert_eq!(format!("{:?}", read.problems), format!("{:?}", whole.problems), "{text:?}");
    }
}
