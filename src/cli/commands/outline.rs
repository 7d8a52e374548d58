//! `recte outline`: the units of a document, as quotations are held against them.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use recte::evidence::DocumentFormat;
use recte::model::{CitedDocument, UnsearchedDocument};
use recte::project::{DocumentUnread, Tree, read_document};
use recte::report::outline;
use recte::text::Sources;

use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::paths::slashed;
use crate::cli::project::{ProjectArgument, because};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The document
    file: PathBuf,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: OutlineFormat,
    /// The format of the document, if its extension does not show it
    #[arg(long = "as", value_name = "FORMAT", value_parser = document_format)]
    read_as: Option<DocumentFormat>,
    #[command(flatten)]
    place: ProjectArgument,
}

/// How an outline is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum OutlineFormat {
    /// One unit on a line, with the line of the document
    #[default]
    Text,
    /// The tree, for programs
    Json,
}

/// Reads a document, and shows the units that it is made of.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let (opened, name) = arguments.place.open_for(&arguments.file)?;
    let context = opened.context();
    let shown = slashed(&arguments.file);
    let cannot = |why: String| CommandFailure::unchecked(format!("{shown} {why}"));
    let bytes = opened.root.bytes(&name, context.config.file_size.value);
    let bytes = bytes.map_err(|why| cannot(because(why)))?;
    let read = read_document(&name, bytes, arguments.read_as);
    let (text, prose) = read.map_err(|why| match why {
        DocumentUnread::File(why) => cannot(because(why)),
        DocumentUnread::Contents(fault) => cannot(format!("{fault}; {}", fault.help())),
    })?;
    let mut sources = Sources::new();
    let file = sources.add(&shown, &text);
    let document = UnsearchedDocument { file, name: shown, text: Arc::new(text), prose, named_by: Vec::new() };
    let cited = CitedDocument::of(&document, &context.schema, None);
    let mut bytes = Vec::new();
    let written = match arguments.format {
        OutlineFormat::Text => outline::write_text(&cited, &mut bytes),
        OutlineFormat::Json => outline::write_json(&cited, &mut bytes),
    };
    written.map_err(|error| CommandFailure::unchecked(format!("the outline cannot be written: {error}")))?;
    match arguments.format {
        OutlineFormat::Text => {
            output.page();
            output.lines(&bytes)?;
        }
        OutlineFormat::Json => output.bytes(&bytes)?,
    }
    Ok(Exit::Clean)
}

fn document_format(name: &str) -> Result<DocumentFormat, String> {
    DocumentFormat::named(name).ok_or_else(|| format!("the formats are {}", DocumentFormat::names().join(", ")))
}
