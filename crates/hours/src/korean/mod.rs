//! Opening hours as Korean lists of places write them, turned into the standard's form.
//!
//! The texts of Busan, Seoul and Daegu say times by both clocks, two sittings, pauses, last orders, parts of the week and
//! days off, in any order. What is not understood whole is refused: a place whose hours are unknown is better than one whose
//! hours are wrong. To accept another word, add it to `words`; what words mean to each other is in `read`.

mod read;
mod words;

use read::{Closings, Rules};

/// Seollal and Chuseok with the days before and after, as the Korea Astronomy and Space Science Institute's calendar has them.
const SEOLLAL: [&str; 8] = [
    "2025 Jan 28-30",
    "2026 Feb 16-18",
    "2027 Feb 06-08",
    "2028 Jan 26-28",
    "2029 Feb 12-14",
    "2030 Feb 02-04",
    "2031 Jan 22-24",
    "2032 Feb 10-12",
];
const CHUSEOK: [&str; 8] = [
    "2025 Oct 05-07",
    "2026 Sep 24-26",
    "2027 Sep 14-16",
    "2028 Oct 02-04",
    "2029 Sep 21-23",
    "2030 Sep 11-13",
    "2031 Sep 30-Oct 02",
    "2032 Sep 18-20",
];

/// Whether a text is written in Korean, or in the way of Korean lists.
pub(crate) fn is_korean(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c) || matches!(c, '~' | '∼' | '〜' | '～'))
}

/// The standard's form of a Korean text, and of another one that tells the days off where a source keeps them apart;
/// none where not all of it is understood, or where it contradicts itself.
#[must_use]
pub fn standard_form(hours: &str, closed: &str) -> Option<String> {
    let mut closings = Closings::default();
    let rules = Rules::read(&words::words(hours)?, &mut closings)?;
    if !matches!(closed.trim(), "" | "x" | "X" | "무") {
        closings.read(&words::words(closed)?)?;
    }
    let mut form = rules.written()?;
    form.extend(closings.written());
    Some(form.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_says_is_written_in_the_standards_form() {
        for (hours, closed, form) in [
            ("10:00~22:00", "", "Mo-Su 10:00-22:00"),
            ("매일 오전 11시-오후 2시 40분", "", "Mo-Su 11:00-14:40"),
            ("11:30-15:00 / 17:00-21:00\n(20:30 라스트오더)", "일", "Mo-Su 11:30-15:00,17:00-21:00; Su off"),
            ("월-금 : 07:30-21:30\n토-일 : 11:00-21:00", "", "Mo-Fr 07:30-21:30; Sa-Su 11:00-21:00"),
            ("11:00 - 22:00 14:30 - 15:30 브레이크타임", "연중무휴", "Mo-Su 11:00-14:30,15:30-22:00"),
            ("10:00~22:00(브레이크타임 15:00~17:00)", "", "Mo-Su 10:00-15:00,17:00-22:00"),
            ("17:00~01:00(익일)", "매월 둘째,넷째 월요일", "Mo-Su 17:00-25:00; Mo[2,4] off"),
            ("08:00~23:30(월~토) / 10:00~22:00(일,공휴일)", "없음", "Mo-Sa 08:00-23:30; Su,PH 10:00-22:00"),
            ("10:00~21:30 (토: 10:00~21:00)", "", "Mo-Su 10:00-21:30; Sa 10:00-21:00"),
            ("평일 15:00-24:30 주말 12:30-24:30", "", "Mo-Fr 15:00-24:30; Sa-Su 12:30-24:30"),
            ("오픈 07:00 / 마감 21:30", "격주 일요일", "Mo-Su 07:00-21:30; Su unknown"),
            ("11:00 ~ 소진 시까지", "", "Mo-Su 11:00+"),
            ("24시간", "", "Mo-Su 00:00-24:00"),
            ("화-일(월 휴무) 11:00~20:00", "", "Tu-Su 11:00-20:00; Mo off"),
            ("목요일~월요일 11:00~20:00", "", "Mo,Th-Su 11:00-20:00"),
            ("am 10:00 ~ pm 22:00", "", "Mo-Su 10:00-22:00"),
            ("11:00a.m. ~ 21:00p.m.", "", "Mo-Su 11:00-21:00"),
            ("오후 5시 ~ 11시", "", "Mo-Su 17:00-23:00"),
            ("오전11시 ~ 새벽 1시", "1.3주 일요일", "Mo-Su 11:00-25:00; Su[1,3] off"),
        ] {
            assert_eq!(standard_form(hours, closed).as_deref(), Some(form), "{hours} | {closed}");
        }
    }

    #[test]
    fn what_is_wrong_or_not_known_is_refused() {
        for text in [
            "15:00 ~ 14:00",
            "09:00 ~ 09:00",
            "9시~9시",
            "18:00:22:00",
            "10:00-15;30",
            "10::30~15:30",
            "10:000~22:00",
            "18:300",
            "12:~19:00",
            "24사",
            "11:00-20:00 (21:30 라스트 오더)",
            "오전 10시 ~ 6시",
            "24.03.12 ~ 24. 12.31 휴업중",
            "10:00-20:00 (라스트오더 19:30) 5~8월 10:00-21:00",
            "토요일&일요일만 운영",
            "",
            "~",
            "휴무",
            "11시~9시",
        ] {
            assert_eq!(standard_form(text, ""), None, "{text}");
        }
        assert_eq!(standard_form("10:00~22:00", "주 1회"), None);
        assert_eq!(standard_form("10:00~22:00", "미정"), None);
    }

    #[test]
    fn the_moons_holidays_are_days_off() {
        let form = standard_form("10:00~22:00", "설, 추석").unwrap_or_default();
        assert!(form.contains("2026 Feb 16-18 off") && form.contains("2026 Sep 24-26 off"), "{form}");
    }
}
