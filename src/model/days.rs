//! Dates and periods as one thing: a run of days with both ends included.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The days from `first` to `last`, both included; an absent end is open.
///
/// A date is the run of the days it names: `1960` is all of that year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first day; without one, since ever.
    pub first: Option<Date>,
    /// The last day; without one, for ever.
    pub last: Option<Date>,
}

impl DateRange {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` when no such day exists.
    pub fn parse(date: &str) -> Option<DateRange> {
        let mut parts = date.split('-');
        let year: i16 = digits(parts.next()?, 4)?.parse().ok()?;
        let month = parts.next().map(|month| digits(month, 2)?.parse::<i8>().ok());
        let day = parts.next().map(|day| digits(day, 2)?.parse::<i8>().ok());
        if parts.next().is_some() {
            return None;
        }
        let first = Date::new(year, month.unwrap_or(Some(1))?, day.unwrap_or(Some(1))?).ok()?;
        let last = match (month, day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        Some(DateRange { first: Some(first), last: Some(last) })
    }

    /// The one day, in universal time, on which `seconds` after the start of 1970 fall.
    pub fn of_unix_time(seconds: u64) -> DateRange {
        let time = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        let day = time.unwrap_or(Timestamp::MAX).to_zoned(TimeZone::UTC).date();
        DateRange { first: Some(day), last: Some(day) }
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &DateRange) -> bool {
        !self.before(other) && !other.before(self)
    }

    /// Whether every day of `other` is one of `self`.
    pub fn covers(&self, other: &DateRange) -> bool {
        let starts = self.first.is_none() || (other.first.is_some() && self.first <= other.first);
        let ends = self.last.is_none_or(|mine| other.last.is_some_and(|theirs| theirs <= mine));
        starts && ends
    }

    /// Whether the last day of `self` comes before the first of `other`.
    pub fn before(&self, other: &DateRange) -> bool {
        matches!((self.last, other.first), (Some(last), Some(first)) if last < first)
    }

    /// How many days after the first of `earlier` the first of `self` comes; none where either has no first day.
    pub fn days_after(&self, earlier: &DateRange) -> Option<i32> {
        Some((self.first? - earlier.first?).get_days())
    }

    /// Whether the period ends before it begins.
    pub fn is_reversed(&self) -> bool {
        matches!((self.first, self.last), (Some(first), Some(last)) if last < first)
    }
}

fn digits(text: &str, count: usize) -> Option<&str> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

impl fmt::Display for DateRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(out, "{first}"),
            (Some(first), Some(last)) if first == first.first_of_year() && last == first.last_of_year() => {
                write!(out, "{:04}", first.year())
            }
            (Some(first), Some(last)) if first == first.first_of_month() && last == first.last_of_month() => {
                write!(out, "{:04}-{:02}", first.year(), first.month())
            }
            (Some(first), Some(last)) => write!(out, "{first}..{last}"),
            (Some(first), None) => write!(out, "{first}.."),
            (None, Some(last)) => write!(out, "..{last}"),
            (None, None) => write!(out, ".."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DateRange;

    #[test]
    fn a_partial_date_is_all_its_days() {
        let year = DateRange::parse("1960").unwrap();
        assert!(year.covers(&DateRange::parse("1960-06-23").unwrap()));
        assert!(year.overlaps(&DateRange::parse("1960-12-31").unwrap()));
        assert!(year.before(&DateRange::parse("1961-01").unwrap()));
    }

    #[test]
    fn days_are_shown_as_they_are_written() {
        for date in ["1960", "1955-03", "1960-06-23"] {
            assert_eq!(DateRange::parse(date).unwrap().to_string(), date);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_no_dates() {
        for date in ["2023-02-29", "1960-13", "60", "1960-6-1", "1960-06-23-01", ""] {
            assert_eq!(DateRange::parse(date), None, "{date}");
        }
    }
}
