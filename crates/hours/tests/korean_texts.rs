//! Korean texts: 150 of them, chosen at random, beside what they mean, written by hand; and how many of all texts of the lists
//! are understood, which are not part of the repository.

use std::path::Path;

use hnh_hours::{Hours, korean};

/// The least share of texts that must be understood.
const LEAST: f64 = 0.9;

#[test]
fn nine_of_ten_texts_are_understood() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/tests/korean_hours.csv");
    if !file.is_file() {
        eprintln!("skipped: the texts of Korean lists are not here");
        return;
    }
    let rows = csv::Reader::from_path(file).unwrap().into_records().collect::<Result<Vec<_>, _>>().unwrap();
    let (mut all, mut understood) = (0, 0);
    for row in &rows {
        let (hours, closed) = (&row[1], &row[2]);
        // Some rows tell days off alone.
        if hours.trim().is_empty() {
            continue;
        }
        all += 1;
        let form = korean::standard_form(hours, closed);
        if let Some(form) = &form {
            understood += 1;
            let read = Hours::parse(form, Some("KR"));
            assert!(read.is_ok(), "{hours:?} {closed:?} became {form:?}: {read:?}");
        }
        let line = |text: &str| text.replace('\n', "⏎");
        println!("{}\t{}\t{}", line(hours), line(closed), form.as_deref().unwrap_or("?"));
    }
    let share = f64::from(understood) / f64::from(all);
    println!("{understood} of {all} texts are understood ({:.1} %)", share * 100.0);
    assert!(share >= LEAST, "{understood} of {all}");
}

/// What a text means; `-` where it contradicts itself or does not say. A line's end is written `⏎`.
const BY_HAND: &str = include_str!("korean_texts_by_hand.tsv");

#[test]
fn none_of_150_is_read_wrong() {
    let moon = |name: &str| korean::standard_form("00:00-24:00", name).unwrap().split_once("; ").unwrap().1.to_owned();
    let (mut right, mut wrong, mut unknown) = (0, Vec::new(), 0);
    for line in BY_HAND.lines() {
        let [hours, closed, means] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let means = means.replace("설", &moon("설")).replace("추석", &moon("추석"));
        match korean::standard_form(&hours.replace('⏎', "\n"), closed) {
            None => unknown += 1,
            Some(form) if form == means => right += 1,
            Some(form) => wrong.push(format!("{line}: {form}")),
        }
    }
    println!("of 150 texts {right} are right, {} wrong, {unknown} unknown", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(right >= 135, "{right} of 150");
}
