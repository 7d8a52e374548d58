//! One project from its root to its findings, checked once.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::context::{ProjectContext, SettingsSource};
use super::documents::EXAMPLE_DOCUMENT;
use super::host::AnalysisHost;
use super::output::CheckOutput;
use super::request::CheckRequest;
use crate::model::DateRange;
use crate::project::files::overlay::{NoFiles, Overlay};
use crate::project::files::root::Root;
use crate::project::files::tree::Tree;
use crate::rule::{EXAMPLE_NAME, RuleSet};

/// Checks the project at `root` by its own settings; `explicit` files are read even where the project
/// leaves them out.
///
/// `today` is the day by which exceptions expire.
///
/// # Errors
/// When the root itself cannot be opened. All else is a finding.
pub fn check(root: &Path, explicit: &[String], today: DateRange) -> io::Result<CheckOutput> {
    let root = Root::open(root)?;
    Ok(check_tree(&root, SettingsSource::own(&root), explicit, today))
}

/// Checks the claims of a tree by the settings that are read from `source`; otherwise as [`check`].
pub fn check_tree(tree: &dyn Tree, source: SettingsSource<'_>, explicit: &[String], today: DateRange) -> CheckOutput {
    check_by(&ProjectContext::open(source), tree, explicit, today)
}

/// Checks the claims of a tree by settings that were read before; otherwise as [`check`].
pub fn check_by(context: &ProjectContext, tree: &dyn Tree, explicit: &[String], today: DateRange) -> CheckOutput {
    check_request(context, CheckRequest { explicit, ..CheckRequest::new(tree, today) })
}

/// Checks what is asked for by settings that were read before.
pub fn check_request(context: &ProjectContext, request: CheckRequest<'_>) -> CheckOutput {
    AnalysisHost::judged_by(context.clone(), request).into_output()
}

/// Claims that stand in no folder.
#[derive(Clone, Copy, Debug)]
pub struct LooseClaims<'a> {
    /// The claims.
    pub claims: &'a str,
    /// What the only document says that they can cite, which is [`EXAMPLE_DOCUMENT`]; without it, nothing is known of
    /// what they quote.
    pub document: Option<&'a str>,
}

/// Checks claims that stand in no folder, by the schema of a context and the rules given.
pub fn check_page(
    page: LooseClaims<'_>,
    context: &ProjectContext,
    rules: impl Into<Arc<RuleSet>>,
    today: DateRange,
) -> CheckOutput {
    let alone =
        ProjectContext { schema: Arc::clone(&context.schema), rules: rules.into(), ..ProjectContext::default() };
    let claims = (EXAMPLE_NAME.to_owned(), page.claims.to_owned());
    let document = page.document.map(|words| (EXAMPLE_DOCUMENT.to_owned(), words.to_owned()));
    let texts: BTreeMap<String, String> = [claims].into_iter().chain(document).collect();
    let wordless = page.document.is_none().then_some(EXAMPLE_DOCUMENT);
    let tree = Overlay { under: &NoFiles, texts };
    check_request(&alone, CheckRequest { wordless, ..CheckRequest::new(&tree, today) })
}
