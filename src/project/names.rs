//! The names by which files are known.

/// The name of the file that makes a folder a project.
pub const CONFIG_NAME: &str = "recte.toml";

/// How the names of claims files end.
pub const CLAIMS: &str = ".claims";

/// The name of the file of what was accepted of the documents, beside the configuration.
pub const LOCK_NAME: &str = "claims.lock";

/// The file by which a folder leaves files out of the check alone.
pub const IGNORE_FILE: &str = ".recteignore";
