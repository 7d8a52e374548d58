//! The pictures of the README: what a terminal shows of its first example, as SVG; and the page that was photographed.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::console::{context, edit};
use super::fences::fences;
use crate::support::{Folder, recte, repository, stdout};

/// Where the picture is kept.
pub(super) const PATH: &str = "docs/pictures/finding.svg";

/// The blocks that the page of the picture lacks, as in `docs/pictures/make.py`.
const REMOVED: [&str; 2] = ["nuclear-attack", "us-alone-is-difficult"];

/// The hash of the coverage page of which `docs/pictures/coverage.png` is a picture, as it is made today.
pub(super) fn hash_of_coverage_page() -> String {
    let folder = Folder::copy_of("claims/us-japan");
    std::fs::remove_file(folder.path().join("3-world.claims")).unwrap();
    let mut claims = folder.read("1-japan.claims");
    for name in REMOVED {
        let start = claims.lines().position(|line| line.split(' ').nth(1) == Some(name)).expect("it is a block");
        let lines: Vec<&str> = claims.split_inclusive('\n').collect();
        let length = lines[start..].iter().position(|line| *line == "}\n").expect("the block ends");
        claims = [&lines[..start], &lines[start + length + 1..]].concat().concat();
    }
    folder.write("1-japan.claims", claims.as_bytes());
    let page = recte(folder.path(), &["coverage", "--format", "html"]);
    Sha256::digest(&page.stdout).iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"))
}

/// The width of a character and the height of a line, in pixels.
const CELL: (f64, usize) = (8.4, 20);

/// The empty space around the text.
const MARGIN: usize = 16;

/// The colours of a dark terminal by their number in an escape sequence (ECMA-48, SGR).
const COLOURS: [(&str, &str); 6] =
    [("31", "#ff7b72"), ("32", "#7ee787"), ("33", "#e3b341"), ("34", "#79c0ff"), ("35", "#d2a8ff"), ("36", "#76e3ea")];

/// The report on the first edit that the README shows.
pub(super) fn drawn() -> String {
    let page = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let folder = context();
    edit(&folder, fences(&page).iter().find(|fence| fence.word() == "diff").expect("the README shows an edit"));
    let report = stdout(&recte(folder.path(), &["check", "claims", "--color", "always"]));
    // The lines of figures tell the time, and a line after them what to do next.
    let finding = report.lines().skip_while(|line| line.starts_with("checked "));
    let finding: Vec<&str> = finding.take_while(|line| !line.starts_with("checked ")).collect();
    svg(finding.join("\n").trim_end())
}

/// A text with escape sequences as a picture.
fn svg(report: &str) -> String {
    let lines: Vec<Vec<(String, String)>> = report.lines().map(runs).collect();
    let columns = |line: &Vec<(String, String)>| line.iter().map(|(_, text)| text.chars().count()).sum::<usize>();
    let widest = lines.iter().map(columns).max().unwrap_or(0);
    let width = 2 * MARGIN + (widest as f64 * CELL.0).ceil() as usize;
    let height = 2 * MARGIN + lines.len() * CELL.1;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#161b22\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\" fill=\"#e6edf3\">\n"
    );
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + row * CELL.1 + 15;
        let mut column = 0;
        for (style, text) in line {
            let length = text.chars().count();
            // Not every viewer keeps the spaces at either end.
            let seen = text.trim();
            let indent = length - text.trim_start().chars().count();
            let x = MARGIN as f64 + (column + indent) as f64 * CELL.0;
            let wide = seen.chars().count() as f64 * CELL.0;
            column += length;
            if !seen.is_empty() {
                let seen = seen.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(' ', "\u{a0}");
                writeln!(svg, "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{wide:.1}\" lengthAdjust=\"spacingAndGlyphs\"{style}>{seen}</text>").unwrap();
            }
        }
    }
    svg + "</g>\n</svg>\n"
}

/// The pieces of a line, each with the attributes of its style.
fn runs(line: &str) -> Vec<(String, String)> {
    let mut style = String::new();
    let mut found = Vec::new();
    for (number, piece) in line.split("\u{1b}[").enumerate() {
        let text = if number == 0 {
            piece
        } else {
            let (codes, text) = piece.split_once('m').expect("a sequence sets a style");
            style = codes.split(';').map(attribute).collect();
            text
        };
        if !text.is_empty() {
            found.push((style.clone(), text.to_owned()));
        }
    }
    found
}

/// What one number of an escape sequence says.
fn attribute(code: &str) -> String {
    match code {
        "0" => String::new(),
        "1" => " font-weight=\"bold\"".to_owned(),
        "2" => " opacity=\"0.6\"".to_owned(),
        "4" => " text-decoration=\"underline\"".to_owned(),
        _ => {
            let colour = COLOURS.iter().find(|(known, _)| *known == code);
            format!(" fill=\"{}\"", colour.unwrap_or_else(|| panic!("no colour has the number {code}")).1)
        }
    }
}
