//! Words find their rows: Korean by parts and initials, the rest whole, by beginning, or with one typo.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use hnh_catalog::text::{FieldKind, TextIndex, Typing};

const ROWS: [(&str, &str); 11] = [
    ("배추김치", "배추, 고춧가루, 마늘"),
    ("김치 찌개", "김치, 돼지고기, tofu"),
    ("Kimchi fried rice", "kimchi, eggs, rice"),
    ("Crème brûlée", "cream, egg yolks, sugar"),
    ("Baba ganoush", "eggplant, tahini"),
    ("갈치구이", "갈치 2토막, 소금, 계란지단"),
    ("Tomatoes with berries", "tomatoes, blueberries"),
    ("Tomato soup", "one tomato, LA갈비"),
    ("Stirfry of cabbage", "gluten-free"),
    ("Beans, stir fry", "seitan, which is gluten"),
    ("전주비빔밥", "low fat"),
];

/// An index of the rows, and the folder that holds it.
fn index() -> (tempfile::TempDir, TextIndex) {
    let dir = tempfile::tempdir().unwrap();
    let rows = ROWS.iter().map(|(title, body)| vec![(FieldKind::Title, *title), (FieldKind::Body, *body)]);
    TextIndex::build(dir.path(), rows).unwrap();
    let index = TextIndex::open(dir.path()).unwrap();
    (dir, index)
}

#[test]
fn each_word_finds_its_rows() {
    let (_dir, index) = index();
    assert_eq!(index.rows(), ROWS.len());
    for (words, rows) in [
        ("김치", vec![0, 1]),
        ("치찌", vec![]),
        ("지단", vec![5]),
        ("ㄱㅊㅉㄱ", vec![1]),
        ("ㅊ", vec![0, 1, 5]),
        ("배김", vec![]),
        ("김치찌개", vec![1]),
        ("김치 찌개", vec![1]),
        ("ㄱㅊ", vec![0, 1, 5]),
        ("ㄱㅊㄱㄹ", vec![0]),
        ("갈칙", vec![5]),
        ("치", vec![0, 1, 5]),
        ("갈비", vec![7]),
        ("달걀", vec![5]),
        ("계란", vec![5]),
        ("kimchi", vec![2]),
        ("KIMCHI egg", vec![2]),
        ("kimhci", vec![2]),
        ("kinchi", vec![2]),
        ("tofuu", vec![1]),
        ("toffu", vec![1]),
        ("creme brulee", vec![3]),
        ("egg", vec![2, 3]),
        ("eggp", vec![4]),
        ("tomato", vec![6, 7]),
        ("Tomatoes", vec![6, 7]),
        ("blueberry", vec![6]),
        ("kimchi tahini", vec![]),
        ("stirfry", vec![8, 9]),
        ("stir-fry", vec![8, 9]),
        ("stir fry", vec![8, 9]),
        ("gluten", vec![9]),
        ("gluten-free", vec![8]),
        ("gluten-f", vec![8]),
        ("fat", vec![]),
        ("low-fat", vec![10]),
        ("비밤밥", vec![10]),
        ("비빔밤", vec![10]),
        ("비빔법", vec![10]),
        ("비밤법", vec![]),
        ("xyzzy", vec![]),
        ("ric rice", vec![]),
        ("?!", (0..ROWS.len()).collect()),
        ("🍅", vec![]),
    ] {
        assert_eq!(index.matches(words, Typing::Done).iter().collect::<Vec<_>>(), rows, "{words}");
    }
}

#[test]
fn a_word_being_typed_is_also_a_beginning() {
    let (_dir, index) = index();
    let found = |words| index.matches(words, Typing::Ongoing).iter().collect::<Vec<_>>();
    assert_eq!(found("egg"), [2, 3, 4]);
    assert_eq!(found("kimchi r"), [2]);
    assert_eq!(found("r kimchi"), Vec::<usize>::new());
}

#[test]
fn titles_are_told_apart() {
    let (_dir, index) = index();
    let found = |words| index.title_matches(words, Typing::Done).iter().collect::<Vec<_>>();
    assert_eq!(found("rice"), [2]);
    assert_eq!(found("eggs"), Vec::<usize>::new());
    assert_eq!(found("갈비"), Vec::<usize>::new());
    assert_eq!(found("ㄱㅊ"), [0, 1, 5]);
}

#[test]
fn an_index_without_rows_finds_nothing() {
    let dir = tempfile::tempdir().unwrap();
    TextIndex::build(dir.path(), std::iter::empty()).unwrap();
    let index = TextIndex::open(dir.path()).unwrap();
    assert_eq!(index.rows(), 0);
    assert!(index.matches("김치 kimchi", Typing::Done).is_empty());
}
