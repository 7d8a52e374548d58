//! Words in lines: all in one, or broken between words by the columns that they take on a terminal.

use unicode_width::UnicodeWidthStr;

/// A text in one line, with one space between its words.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line on several, none of which takes more than so many columns if its words do not.
///
/// It begins at the column `start`, and what goes on is set in by `indent`. A word that `stays` is never put at the start of a line.
pub fn wrapped(line: &str, columns: usize, (start, indent): (usize, usize), stays: impl Fn(&str) -> bool) -> String {
    let (mut wrapped, mut column) = (String::new(), start);
    for (index, word) in line.split(' ').enumerate() {
        let width = word.width();
        let fits = column + 1 + width <= columns || stays(word);
        if index > 0 && fits {
            wrapped.push(' ');
            column += 1;
        } else if index > 0 {
            wrapped.push('\n');
            wrapped.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        }
        wrapped.push_str(word);
        column += width;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_are_broken_between_words_by_the_columns_that_they_take() {
        assert_eq!(wrapped("one two three", 7, (0, 0), |_| false), "one two\nthree");
        assert_eq!(wrapped("one two three", 9, (4, 2), |_| false), "one\n  two\n  three");
        assert_eq!(wrapped("日本 国", 5, (0, 0), |_| false), "日本\n国");
        assert_eq!(wrapped("one ::two three", 4, (0, 0), |word| word.starts_with("::")), "one ::two\nthree");
        assert_eq!(wrapped("unbreakable", 3, (0, 0), |_| false), "unbreakable");
    }
}
