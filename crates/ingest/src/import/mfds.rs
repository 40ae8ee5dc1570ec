//! Food tables of MFDS (식품의약품안전처): raw foods and dishes, per 100 g or 100 ml. Both files name
//! their columns alike and differ in a few.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hnh_domain::foods::{Food, FoodBasis, FoodGroup, Portion};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;

use super::RecordSink;
use super::sanitize::{NAME, amount, clean};

/// Column and nutrient; each column's unit is the nutrient's.
const COLUMNS: &[(&str, Nutrient)] = &[
    ("에너지(kcal)", Nutrient::Energy),
    ("수분(g)", Nutrient::Water),
    ("단백질(g)", Nutrient::Protein),
    ("지방(g)", Nutrient::Fat),
    ("회분(g)", Nutrient::Ash),
    ("탄수화물(g)", Nutrient::Carbohydrate),
    ("당류(g)", Nutrient::Sugar),
    ("식이섬유(g)", Nutrient::Fibre),
    ("칼슘(mg)", Nutrient::Calcium),
    ("철(mg)", Nutrient::Iron),
    ("인(mg)", Nutrient::Phosphorus),
    ("칼륨(mg)", Nutrient::Potassium),
    ("나트륨(mg)", Nutrient::Sodium),
    ("비타민 A(μg RAE)", Nutrient::VitaminA),
    ("레티놀(μg)", Nutrient::Retinol),
    ("베타카로틴(μg)", Nutrient::BetaCarotene),
    ("티아민(mg)", Nutrient::Thiamin),
    ("리보플라빈(mg)", Nutrient::Riboflavin),
    ("니아신(mg)", Nutrient::Niacin),
    ("비타민 C(mg)", Nutrient::VitaminC),
    ("비타민 D(μg)", Nutrient::VitaminD),
    ("콜레스테롤(mg)", Nutrient::Cholesterol),
    ("포화지방산(g)", Nutrient::SaturatedFat),
    ("트랜스지방산(g)", Nutrient::TransFat),
];

/// MFDS's groups (식품대분류명) and ours.
const GROUPS: &[(&str, FoodGroup)] = &[
    ("어패류 및 기타 수산물", FoodGroup::Seafood),
    ("채소류", FoodGroup::Vegetables),
    ("육류", FoodGroup::Meat),
    ("곡류", FoodGroup::Grains),
    ("과일류", FoodGroup::Fruits),
    ("해조류", FoodGroup::Seaweeds),
    ("버섯류", FoodGroup::Mushrooms),
    ("견과 및 종실류", FoodGroup::NutsSeeds),
    ("감자 및 전분류", FoodGroup::Potatoes),
    ("두류", FoodGroup::Legumes),
    ("조미료류", FoodGroup::Seasonings),
    ("차류", FoodGroup::Beverages),
    ("난류", FoodGroup::Eggs),
    ("유지류", FoodGroup::FatsOils),
    ("당류", FoodGroup::Sweets),
    ("우유류", FoodGroup::Dairy),
    ("빵 및 과자류", FoodGroup::Baked),
    ("음료 및 차류", FoodGroup::Beverages),
    ("유제품류 및 빙과류", FoodGroup::Dairy),
    ("국 및 탕류", FoodGroup::Soups),
    ("찌개 및 전골류", FoodGroup::Soups),
    ("죽 및 스프류", FoodGroup::Soups),
    ("김치류", FoodGroup::Kimchi),
    ("장아찌·절임류", FoodGroup::Kimchi),
    ("젓갈류", FoodGroup::Seasonings),
    ("장류, 양념류", FoodGroup::Seasonings),
    ("곡류, 서류 제품", FoodGroup::Grains),
    ("두류, 견과 및 종실류", FoodGroup::Legumes),
    ("튀김류", FoodGroup::Dishes),
    ("볶음류", FoodGroup::Dishes),
    ("생채·무침류", FoodGroup::Dishes),
    ("밥류", FoodGroup::Dishes),
    ("면 및 만두류", FoodGroup::Dishes),
    ("구이류", FoodGroup::Dishes),
    ("찜류", FoodGroup::Dishes),
    ("전·적 및 부침류", FoodGroup::Dishes),
    ("조림류", FoodGroup::Dishes),
    ("나물·숙채류", FoodGroup::Dishes),
    ("수·조·어·육류", FoodGroup::Dishes),
];

/// Reads the tables.
///
/// # Errors
/// When a file cannot be read or is none of these tables.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    for path in paths {
        read_table(path, sink)?;
    }
    Ok(())
}

/// Where the columns stand.
struct Columns {
    code: usize,
    name: usize,
    group: usize,
    representative: usize,
    basis: usize,
    weight: Option<usize>,
    maker: Option<usize>,
    refuse: Option<usize>,
    nutrients: Vec<(usize, Nutrient)>,
}

impl Columns {
    fn find(header: &csv::ByteRecord) -> Option<Self> {
        let column = |wanted: &str| {
            header.iter().position(|h| h.strip_prefix("\u{feff}".as_bytes()).unwrap_or(h) == wanted.as_bytes())
        };
        Some(Self {
            code: column("식품코드")?,
            name: column("식품명")?,
            group: column("식품대분류명")?,
            representative: column("대표식품명")?,
            basis: column("영양성분함량기준량")?,
            weight: column("식품중량"),
            maker: column("업체명"),
            refuse: column("폐기율(%)"),
            nutrients: COLUMNS.iter().filter_map(|(c, n)| Some((column(c)?, *n))).collect(),
        })
    }
}

fn read_table(path: &Path, sink: &mut RecordSink<'_>) -> Result<()> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(sink.open(path)?);
    let header = csv.byte_headers().with_context(|| format!("cannot read {}", path.display()))?.clone();
    let Some(columns) = Columns::find(&header) else {
        bail!(
            "{} is no food table of MFDS: its first line needs 식품코드, 식품명 and 영양성분함량기준량",
            path.display()
        );
    };
    let mut codes = std::collections::HashMap::<String, u32>::new();
    let mut row = csv::ByteRecord::new();
    while csv.read_byte_record(&mut row).with_context(|| format!("cannot read {}", path.display()))? {
        let at = format!("{file}, line {}", row.position().map_or(0, csv::Position::line));
        if row.len() != header.len() {
            sink.refuse(&at, &format_args!("{} fields where the header has {}", row.len(), header.len()))?;
            continue;
        }
        let field = |i: usize| String::from_utf8_lossy(row.get(i).unwrap_or_default()).into_owned();
        match food(&columns, &field, &mut codes) {
            Ok(food) => sink.food(&at, &food)?,
            Err(reason) => sink.refuse(&at, &reason)?,
        }
    }
    Ok(())
}

fn food(
    columns: &Columns,
    field: &dyn Fn(usize) -> String,
    codes: &mut std::collections::HashMap<String, u32>,
) -> Result<Food, String> {
    let code = clean(&field(columns.code), 40).ok_or("no food code (식품코드)")?;
    let name = clean(&field(columns.name), NAME).ok_or("no name (식품명)")?;
    let basis = match field(columns.basis).trim() {
        "100g" => FoodBasis::Per100g,
        "100ml" => FoodBasis::Per100ml,
        other => {
            let other = hnh_domain::codes::shorten(other);
            return Err(format!("amounts for \"{other}\": only 100g and 100ml are understood (영양성분함량기준량)"));
        }
    };
    let mut nutrients = Nutrients::default();
    for (i, nutrient) in &columns.nutrients {
        nutrients.set(*nutrient, amount(&field(*i)));
    }
    // The table gives one code to two kinds of salted shrimp: the second is told apart by a number.
    let times = codes.entry(code.clone()).or_default();
    *times += 1;
    let provenance = Provenance::new(Source::Mfds, if *times == 1 { code } else { format!("{code}.{times}") });
    let stated = |column: Option<usize>| column.map(field).filter(|t| !t.trim().is_empty() && t.trim() != "해당없음");
    let maker = stated(columns.maker).and_then(|m| clean(&m, NAME));
    Ok(Food {
        id: provenance.id(),
        provenance,
        name: Text { ko: Some(shown_name(&name, maker.as_deref())), ..Text::default() },
        group: food_group(&field(columns.group), &field(columns.representative)),
        basis,
        nutrients,
        portions: stated(columns.weight).and_then(|w| whole_portion(&w)).into_iter().collect(),
        refuse_pct: columns.refuse.and_then(|i| amount(&field(i))).filter(|p| (0.0..=100.0).contains(p)),
    })
}

/// `피자_고구마 (L)` as a person reads it, with who makes it.
fn shown_name(name: &str, maker: Option<&str>) -> String {
    // The published file lost a syllable of "라떼" to an encoding.
    let name = name.replace("라??", "라떼");
    let parts: Vec<&str> = name.split('_').map(str::trim).filter(|p| !p.is_empty()).collect();
    let name = parts.join(", ");
    match maker {
        Some(maker) => format!("{name} ({maker})"),
        None => name,
    }
}

/// The stated weight of the whole dish. The file cuts the field to five characters ("1205." was
/// "1205.5g"); for drinks, whose amounts are per 100 ml, it counts millilitres whatever unit it writes.
fn whole_portion(weight: &str) -> Option<Portion> {
    let digits = weight.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let grams = amount(digits).filter(|g| *g > 0.0)?;
    Some(Portion { name: Text::both("1개·1인분 전체", "Whole, as sold or served"), grams })
}

fn food_group(mfds: &str, representative: &str) -> FoodGroup {
    let is_poultry = ["닭", "오리", "칠면조", "거위", "꿩", "메추리"].iter().any(|w| representative.starts_with(w));
    match GROUPS.iter().find(|(g, _)| *g == mfds.trim()).map_or(FoodGroup::Other, |(_, ours)| *ours) {
        FoodGroup::Meat if is_poultry => FoodGroup::Poultry,
        group => group,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_that_lost_its_unit_is_still_a_weight() {
        assert_eq!(whole_portion("600g").unwrap().grams, 600.0);
        assert_eq!(whole_portion("1205.").unwrap().grams, 1205.0);
        assert_eq!(whole_portion("473m").unwrap().grams, 473.0);
        assert_eq!(whole_portion(""), None);
    }

    #[test]
    fn a_name_reads_as_words() {
        assert_eq!(shown_name("피자_포테이토 (L)", Some("도미노피자")), "피자, 포테이토 (L) (도미노피자)");
        assert_eq!(shown_name("라??_말차라떼", None), "라떼, 말차라떼");
    }

    #[test]
    fn chicken_is_poultry() {
        assert_eq!(food_group("육류", "닭고기"), FoodGroup::Poultry);
        assert_eq!(food_group("육류", "소고기"), FoodGroup::Meat);
        assert_eq!(food_group("새 분류", "x"), FoodGroup::Other);
    }
}
