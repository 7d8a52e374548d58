//! Sizes as people write them: `512 MiB`.

/// Reads a number of bytes, with or without one of the units B, KiB, MiB, GiB.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().ok()?;
    let unit: u64 = match text[digits..].trim() {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// A number of bytes with the largest unit that fits.
pub(crate) fn show(bytes: u64) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) if bytes.is_multiple_of(unit) => format!("{} {name}", bytes / unit),
        Some((unit, name)) => format!("{:.1} {name}", bytes as f64 / unit as f64),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, show};

    #[test]
    fn sizes_are_read_as_they_are_shown() {
        for (text, bytes) in [("512 MiB", 512 << 20), ("1 GiB", 1 << 30), ("3 KiB", 3072), ("17 B", 17)] {
            assert_eq!(parse(text), Some(bytes), "{text}");
            assert_eq!(show(bytes), text);
        }
        assert_eq!(parse("16"), Some(16));
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for text in ["", "MiB", "-1", "1 MB", "99999999999 GiB", "1.5 MiB"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
