//! A finding: a diagnostic with its rule, its weight, and an identity that outlives every edit around it.

use std::collections::HashMap;
use std::fmt;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic, Fix, Identity, Severity};

/// How many hexadecimal digits of the hash a fingerprint shows.
const DIGITS: usize = 16;

/// One problem as people and reports see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The name of the rule.
    pub rule: String,
    /// How much it weighs in this project.
    pub severity: Severity,
    /// The category of the rule.
    pub category: String,
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
    /// What makes it the same finding in another run.
    pub fingerprint: Fingerprint,
    /// What silences it, if anything does.
    pub suppressed: Option<Suppression>,
}

impl Finding {
    /// The safest of the fixes that would resolve it, if any is known.
    pub fn best_fix(&self) -> Option<&Fix> {
        self.diagnostic.fixes.iter().min_by_key(|fix| fix.safety)
    }
}

/// Names a finding across runs: 16 hexadecimal digits, and a counter for the second and later equal ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

/// Why a finding is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// What silences it.
    pub by: SuppressedBy,
    /// The reason given there.
    pub reason: String,
}

/// What can silence a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressedBy {
    /// An `allow:` in the claims.
    Allow,
    /// An `[[override]]` in the configuration.
    Override,
    /// The recorded baseline.
    Baseline,
}

impl SuppressedBy {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            SuppressedBy::Allow => "allow",
            SuppressedBy::Override => "override",
            SuppressedBy::Baseline => "baseline",
        }
    }
}

impl Fingerprint {
    /// Hashes the code and what the finding is about; the order of roles and of ids does not count.
    pub fn new(code: &Code, identity: &Identity) -> Fingerprint {
        let mut roles: Vec<(&str, Vec<&str>)> =
            identity.roles.iter().map(|(role, ids)| (role.as_str(), sorted(ids))).collect();
        roles.sort();
        let mut hash = Sha256::new();
        hash.update(code.as_str());
        for (role, ids) in &roles {
            hash.update([b'\0', b'r']);
            hash.update(role);
            ids.iter().for_each(|id| hash.update(format!("\0i{id}")));
        }
        hash.update(format!("\0v{}", identity.value));
        let hex: String = hash.finalize().iter().take(DIGITS.div_ceil(2)).map(|byte| format!("{byte:02x}")).collect();
        Fingerprint(hex[..DIGITS].to_owned())
    }

    /// The name of the one with this number (from 1) among those that are called the same.
    pub(super) fn numbered(&self, count: usize) -> Fingerprint {
        if count > 1 { Fingerprint(format!("{}-{count}", self.0)) } else { self.clone() }
    }

    /// The fingerprint as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Gives the second and later of equal fingerprints a counter, in the order of the findings.
pub(super) fn number(findings: &mut [Finding]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        let count = seen.entry(finding.fingerprint.0.clone()).or_default();
        *count += 1;
        finding.fingerprint = finding.fingerprint.numbered(*count);
    }
}

fn sorted(ids: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;
    use crate::diagnostic::{Code, Identity};

    fn fingerprint(roles: &[(&str, &[&str])]) -> Fingerprint {
        let roles = roles.iter().map(|(role, ids)| (role.to_string(), ids.iter().map(|id| id.to_string()).collect()));
        Fingerprint::new(&Code::native("CL0401"), &Identity { roles: roles.collect(), value: String::new() })
    }

    #[test]
    fn the_order_of_ids_and_roles_does_not_count() {
        assert_eq!(fingerprint(&[("x, y", &["a", "b"])]), fingerprint(&[("x, y", &["b", "a"])]));
        assert_eq!(fingerprint(&[("o", &["a"]), ("p", &["b"])]), fingerprint(&[("p", &["b"]), ("o", &["a"])]));
    }

    #[test]
    fn who_plays_which_role_counts() {
        assert_ne!(fingerprint(&[("o", &["a"]), ("p", &["b"])]), fingerprint(&[("o", &["b"]), ("p", &["a"])]));
    }
}
