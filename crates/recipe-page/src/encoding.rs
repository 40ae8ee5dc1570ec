//! A page's bytes to text.

use encoding_rs::{EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Where browsers look for the declaration, and then some: pages put long comments first.
const DECLARED_WITHIN: usize = 4096;

/// Decodes as browsers do: by the byte order mark; as UTF-8 where that is what it is; by the `<meta charset>`; else as
/// EUC-KR where every byte fits and it is Korean; else as windows-1252.
pub(super) fn decode(page: &[u8]) -> Cow<'_, str> {
    if Encoding::for_bom(page).is_some() {
        return UTF_8.decode(page).0;
    }
    // A text of other bytes than ASCII that is sound UTF-8 is UTF-8, whatever the page declares.
    if let Ok(text) = std::str::from_utf8(page) {
        return Cow::Borrowed(text);
    }
    let guessed = || {
        let (text, _, has_errors) = EUC_KR.decode(page);
        let is_korean = !has_errors && text.contains(|c| matches!(c, '가'..='힣'));
        if is_korean { EUC_KR } else { WINDOWS_1252 }
    };
    declared(page).unwrap_or_else(guessed).decode(page).0
}

/// The encoding that the first `<meta>` near the start names; a script's or a link's is its own.
fn declared(page: &[u8]) -> Option<&'static Encoding> {
    let start = &page[..page.len().min(DECLARED_WITHIN)];
    let is_at =
        |at: usize, word: &[u8]| start[at..].get(..word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word));
    let mut metas = (0..start.len()).filter(|at| is_at(*at, b"<meta"));
    metas.find_map(|at| {
        let end = start[at..].iter().position(|byte| *byte == b'>').map_or(start.len(), |length| at + length);
        charset(&start[at..end])
    })
}

/// The encoding after `charset=` in a tag.
fn charset(tag: &[u8]) -> Option<&'static Encoding> {
    let key = b"charset";
    let at = tag.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))?;
    let label: Vec<u8> = tag[at + key.len()..]
        .iter()
        .skip_while(|byte| matches!(byte, b'=' | b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        .copied()
        .collect();
    let named = Encoding::for_label(&label)?;
    // What could be read as ASCII so far is not UTF-16.
    Some(if named == UTF_16LE || named == UTF_16BE { UTF_8 } else { named })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_encodings() {
        let (page, _, _) = encoding_rs::EUC_KR.encode("<meta charset='euc-kr'>김치찌개");
        assert!(decode(&page).ends_with("김치찌개"));
        let page = b"<meta http-equiv=Content-Type content=\"text/html; charset=ISO-8859-1\">cr\xe8me";
        assert!(decode(page).ends_with("crème"));
    }

    #[test]
    fn marks_and_broken_utf8() {
        assert_eq!(decode(b"\xef\xbb\xbfsoup"), "soup");
        assert_eq!(decode(b"\xff\xfes\0o\0"), "so");
        assert_eq!(decode(b"so\xffup"), "soÿup");
    }

    #[test]
    fn undeclared_pages_are_read_as_browsers_read_them() {
        assert_eq!(
            decode(b"<script charset=\"utf-8\"></script>cr\xe8me br\xfbl\xe9e"),
            "<script charset=\"utf-8\"></script>crème brûlée"
        );
        let (page, _, _) = encoding_rs::EUC_KR.encode("<title>된장찌개</title> 두부 1모");
        assert!(decode(&page).contains("된장찌개"));
        let page = b"<script charset=utf-8></script><meta charset = 'windows-1250'>\x9e";
        assert!(decode(page).ends_with('ž'));
    }
}
