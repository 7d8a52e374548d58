//! Writes a corpus into a folder: `cargo bench --bench generate -- FOLDER CLAIMS [SHAPE]`.

#![allow(clippy::print_stdout, reason = "a command talks to the person who runs it")]

mod generator;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // `cargo bench` adds an argument of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [folder, claims, rest @ ..] = &arguments[..] else { return usage() };
    let name = rest.first().map_or("one", String::as_str);
    let (Ok(claims), Some(shape)) = (claims.parse(), generator::SHAPES.iter().find(|shape| shape.name == name)) else {
        return usage();
    };
    match generator::write(claims, shape, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says how it is called; nothing is wrong with that, as `cargo bench` runs every benchmark without arguments.
fn usage() -> ExitCode {
    println!("generate FOLDER CLAIMS [SHAPE]\n\nshapes:");
    for shape in &generator::SHAPES {
        println!("  {:8} {}", shape.name, shape.about);
    }
    ExitCode::SUCCESS
}
