//! Many files, and the pieces of large ones, read at the same time.
//!
//! A file is cut behind lines that end with a brace, which is where blocks end, and nearly always rightly so. A cut that was
//! wrong shows: the piece before it has a problem, or does not end with the brace of an outermost block. Such a file is
//! read again as a whole. Where it is cut depends on nothing but its text, so that the number of threads changes nothing.

use std::num::NonZeroUsize;
use std::ops::Range;

use memchr::memchr_iter;

use super::document::{self, Document, Start};
use super::input::Input;
use super::scan::{self, Scan};
use super::{Parse, parse, tree};
use crate::text::{SourceId, Sources, at_once};

/// The bytes from one cut to the next, at least.
const PIECE: usize = 1 << 20;

/// Reads claims files, each as [`parse`] does, by so many threads.
pub fn parse_all(files: &[SourceId], sources: &Sources, threads: NonZeroUsize) -> Vec<Parse> {
    parse_cut(files, sources, (threads, PIECE))
}

fn parse_cut(files: &[SourceId], sources: &Sources, (threads, size): (NonZeroUsize, usize)) -> Vec<Parse> {
    let cut = |file: SourceId| cut(sources.get(file).text(), size).into_iter().map(move |bytes| (file, bytes));
    let pieces: Vec<(SourceId, Range<usize>)> = files.iter().copied().flat_map(cut).collect();
    let mut read = at_once(&pieces, threads, |(file, bytes)| Piece::read(*file, sources, bytes.clone())).into_iter();
    let mut parses = Vec::with_capacity(files.len());
    for of_file in pieces.chunk_by(|(a, _), (b, _)| a == b) {
        let (file, read) = (of_file[0].0, read.by_ref().take(of_file.len()).collect());
        parses.push(joined(file, read).unwrap_or_else(|| parse(file, sources)));
    }
    parses
}

/// A piece of a file, read as if nothing stood around it.
struct Piece {
    document: Document,
    scan: Scan,
    /// Whether it is known to mean in its file what it means alone.
    is_whole: bool,
}

impl Piece {
    fn read(file: SourceId, sources: &Sources, bytes: Range<usize>) -> Piece {
        let text = sources.get(file).text();
        let piece = &text[bytes.clone()];
        let input = Input::new(file, bytes.start as u32, piece);
        let start = if bytes.start == 0 { Start::OfFile } else { Start::Within };
        let (document, scan) = (document::document(input, start), scan::scan(input));
        let brace = bytes.start + piece.trim_end_matches(['\n', '\r']).len();
        let ends = bytes.end == text.len() || document.last_closed.is_some_and(|last| last.end as usize == brace);
        let is_whole = ends && document.problems.is_empty() && scan.problems.is_empty();
        Piece { document, scan, is_whole }
    }
}

/// The file that pieces make; none if one of them may mean something else in it. A file in one piece always is one.
fn joined(source: SourceId, pieces: Vec<Piece>) -> Option<Parse> {
    let is_one = pieces.len() == 1;
    if !is_one && !pieces.iter().all(|piece| piece.is_whole) {
        return None;
    }
    let mut file = tree::File { source, namespace: None, blocks: Vec::new(), comments: Vec::new() };
    let mut problems = Vec::new();
    for Piece { document, scan, .. } in pieces {
        file.namespace = file.namespace.or(document.namespace);
        file.blocks.extend(document.blocks);
        file.comments.extend(scan.comments);
        problems.extend(document.problems);
        problems.extend(scan.problems);
    }
    problems.sort_by_key(|problem| problem.primary.span);
    Some(Parse { file, problems })
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

    use super::{cut, parse, parse_cut};
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
        let pieces = parse_cut(&[file], &sources, (threads, 1)).pop().unwrap();
        let whole = parse(file, &sources);
        assert_eq!(pieces.file, whole.file, "{text:?}");
        assert_eq!(format!("{:?}", pieces.problems), format!("{:?}", whole.problems), "{text:?}");
    }
}
