//! Which files are never read as a part of a project, by where they really stand: those of git, and those that hold secrets.

use super::tree::NotRead;
use crate::project::names::{CLAIMS, IGNORE_FILE};

/// Hidden files that are read, and say which files count and how.
const OF_FILES: [&str; 4] = [IGNORE_FILE, ".gitignore", ".ignore", ".gitattributes"];

/// How the names of configurations, schemas and rules end.
const TOML: &str = ".toml";

/// How hidden files end that hold claims, settings or documents.
const OURS: [&str; 9] = [CLAIMS, TOML, ".json", ".snap", ".lock", ".txt", ".md", ".htm", ".html"];

/// How the names of files end that hold keys.
const KEYS: [&str; 9] = [".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk", ".env"];

/// Names under which programs keep keys and passwords that are not hidden.
const NAMES: [&str; 6] = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "_netrc", "credentials"];

/// Folders in which programs keep keys and passwords.
const FOLDERS: [&str; 6] = [".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker"];

/// The folder of git, and what Windows calls it besides.
const GIT: [&str; 2] = [".git", "git~1"];

/// Whether a file may be read that was requested at one path and really stands at another, links followed. What it is called
/// there decides, not what a link is called.
///
/// # Errors
/// Says why it may not.
pub fn admit(requested: &str, real: &str) -> Result<(), NotRead> {
    let is_one_of = |names: &[&str], part: &str| names.iter().any(|name| part.eq_ignore_ascii_case(name));
    if real.split('/').any(|part| is_one_of(&GIT, part)) {
        return Err(NotRead::OfGit);
    }
    let (folders, name) = real.rsplit_once('/').unwrap_or(("", real));
    if folders.split('/').any(|part| is_one_of(&FOLDERS, part)) || is_secret(&name.to_ascii_lowercase()) {
        return Err(NotRead::Secret);
    }
    if requested.ends_with(TOML) && !real.ends_with(TOML) { Err(NotRead::OtherKind) } else { Ok(()) }
}

/// Whether a name, in small letters, is one under which secrets are kept: `.env`, `.env.local`, `.npmrc`, `tls.key`, and so on.
fn is_secret(name: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let is_ours = OF_FILES.contains(&name) || ends(&OURS);
    let is_hidden = name.starts_with('.') && (!is_ours || name.starts_with(".env."));
    is_hidden || ends(&KEYS) || NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{NotRead, admit};

    #[test]
    fn where_a_file_stands_decides() {
        for path in ["a.claims", "docs/LICENSE", ".github/SECURITY.md", ".recteignore", "sub/.gitignore", ".b.claims"] {
            assert_eq!(admit(path, path), Ok(()), "{path}");
        }
        for path in [".git/config", "sub/.GIT/config", ".git"] {
            assert_eq!(admit("d.txt", path), Err(NotRead::OfGit), "{path}");
        }
        for path in [".env", "x/.env.local", ".env.toml", "prod.env", ".npmrc", "TLS.KEY", "id_rsa", ".aws/config"] {
            assert_eq!(admit("q.claims", path), Err(NotRead::Secret), "{path}");
        }
        assert_eq!(admit("recte.toml", "passwords.txt"), Err(NotRead::OtherKind));
        assert_eq!(admit("a.claims", "folder/well.txt"), Ok(()));
        assert_eq!(admit("kinds.tables", "kinds.tables"), Ok(()));
    }
}
