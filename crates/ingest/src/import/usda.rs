//! USDA SR28: foods per 100 g (csv with a header) and household portions (`SR28_WEIGHT.txt`).

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
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
    ("energy_kcal", Nutrient::Energy),
    ("protein_g", Nutrient::Protein),
    ("fat_g", Nutrient::Fat),
    ("sat_fat_g", Nutrient::SaturatedFat),
    ("mono_fat_g", Nutrient::MonounsaturatedFat),
    ("poly_fat_g", Nutrient::PolyunsaturatedFat),
    ("cholesterol_mg", Nutrient::Cholesterol),
    ("carb_g", Nutrient::Carbohydrate),
    ("sugar_g", Nutrient::Sugar),
    ("fiber_g", Nutrient::Fibre),
    ("sodium_mg", Nutrient::Sodium),
    ("potassium_mg", Nutrient::Potassium),
    ("calcium_mg", Nutrient::Calcium),
    ("iron_mg", Nutrient::Iron),
    ("magnesium_mg", Nutrient::Magnesium),
    ("phosphorus_mg", Nutrient::Phosphorus),
    ("zinc_mg", Nutrient::Zinc),
    ("copper_mg", Nutrient::Copper),
    ("manganese_mg", Nutrient::Manganese),
    ("selenium_ug", Nutrient::Selenium),
    ("vit_a_rae_ug", Nutrient::VitaminA),
    ("vit_c_mg", Nutrient::VitaminC),
    ("vit_d_ug", Nutrient::VitaminD),
    ("vit_e_mg", Nutrient::VitaminE),
    ("vit_k_ug", Nutrient::VitaminK),
    ("thiamin_mg", Nutrient::Thiamin),
    ("riboflavin_mg", Nutrient::Riboflavin),
    ("niacin_mg", Nutrient::Niacin),
    ("panto_acid_mg", Nutrient::PantothenicAcid),
    ("vit_b6_mg", Nutrient::VitaminB6),
    ("folate_dfe_ug", Nutrient::Folate),
    ("vit_b12_ug", Nutrient::VitaminB12),
    ("choline_mg", Nutrient::Choline),
    ("beta_carot_ug", Nutrient::BetaCarotene),
    ("retinol_ug", Nutrient::Retinol),
    ("water_g", Nutrient::Water),
    ("ash_g", Nutrient::Ash),
];

/// USDA's groups and ours.
const GROUPS: &[(&str, FoodGroup)] = &[
    ("Dairy and Egg Products", FoodGroup::Dairy),
    ("Spices and Herbs", FoodGroup::Seasonings),
    ("Baby Foods", FoodGroup::BabyFoods),
    ("Fats and Oils", FoodGroup::FatsOils),
    ("Poultry Products", FoodGroup::Poultry),
    ("Soups, Sauces, and Gravies", FoodGroup::Soups),
    ("Sausages and Luncheon Meats", FoodGroup::Meat),
    ("Breakfast Cereals", FoodGroup::Cereals),
    ("Fruits and Fruit Juices", FoodGroup::Fruits),
    ("Pork Products", FoodGroup::Meat),
    ("Vegetables and Vegetable Products", FoodGroup::Vegetables),
    ("Nut and Seed Products", FoodGroup::NutsSeeds),
    ("Beef Products", FoodGroup::Meat),
    ("Beverages", FoodGroup::Beverages),
    ("Finfish and Shellfish Products", FoodGroup::Seafood),
    ("Legumes and Legume Products", FoodGroup::Legumes),
    ("Lamb, Veal, and Game Products", FoodGroup::Meat),
    ("Baked Products", FoodGroup::Baked),
    ("Snacks", FoodGroup::Sweets),
    ("Sweets", FoodGroup::Sweets),
    ("Cereal Grains and Pasta", FoodGroup::Grains),
    ("Fast Foods", FoodGroup::Dishes),
    ("Meals, Entrees, and Side Dishes", FoodGroup::Dishes),
    ("American Indian/Alaska Native Foods", FoodGroup::Other),
    ("Restaurant Foods", FoodGroup::Dishes),
];

/// Reads the table and, if it is among the files, the portions.
///
/// # Errors
/// When a file cannot be read or there is no table.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    let (mut tables, mut portions) = (Vec::new(), HashMap::new());
    for path in paths {
        match shape(&first_line(path, sink)?) {
            Some(Shape::Table) => tables.push(path),
            Some(Shape::Weights) => read_portions(path, sink, &mut portions)?,
            Some(Shape::Descriptions) => {}
            None => bail!("{} is no file of SR28: neither its table per 100 g nor its weights", path.display()),
        }
    }
    if tables.is_empty() {
        bail!("the table per 100 g is missing: name the csv whose header has ndb_no");
    }
    for path in tables {
        read_table(path, sink, &mut portions)?;
    }
    for (ndb, list) in portions {
        for (line, _) in list {
            sink.refuse(&line, &format_args!("a portion of food {ndb}, which is not in the table"))?;
        }
    }
    Ok(())
}

enum Shape {
    Table,
    Weights,
    /// Names and groups, which the table has too.
    Descriptions,
}

fn shape(first_line: &str) -> Option<Shape> {
    let first_line = first_line.trim_start_matches('\u{feff}');
    if first_line.starts_with("ndb_no,") {
        return Some(Shape::Table);
    }
    match (first_line.starts_with('~'), first_line.split('^').count()) {
        (true, 7) => Some(Shape::Weights),
        (true, 2 | 14) => Some(Shape::Descriptions),
        _ => None,
    }
}

fn first_line(path: &Path, sink: &RecordSink<'_>) -> Result<String> {
    let mut start = Vec::new();
    // A file of another kind may have no line end for gigabytes.
    sink.open(path)?.take(4096).read_until(b'\n', &mut start)?;
    Ok(String::from_utf8_lossy(&start).trim_end().to_owned())
}

/// Portions by food, each with its place in the file for refusals.
type Portions = HashMap<String, Vec<(String, Portion)>>;

/// `~01001~^1^1^~pat (1" sq, 1/3" high)~^5.0^^`: food, sequence, amount, description, grams.
fn read_portions(path: &Path, sink: &mut RecordSink<'_>, portions: &mut Portions) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for (i, line) in BufReader::new(sink.open(path)?).split(b'\n').enumerate() {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        let (line, at) = (String::from_utf8_lossy(&line), format!("{name}, line {}", i + 1));
        if line.trim().is_empty() {
            continue;
        }
        match portion(&line) {
            Ok((ndb, portion)) => portions.entry(ndb).or_default().push((at, portion)),
            Err(reason) => sink.refuse(&at, &reason)?,
        }
    }
    Ok(())
}

fn portion(line: &str) -> Result<(String, Portion), String> {
    let fields: Vec<&str> = line.trim_end().split('^').map(|f| f.trim_matches('~')).collect();
    let [ndb, _, count, what, grams, ..] = fields[..] else { return Err("too few fields for a portion".into()) };
    let grams = amount(grams).filter(|g| *g > 0.0).ok_or("no weight in grams")?;
    let count = amount(count).filter(|c| *c > 0.0).ok_or("no amount")?;
    let what = clean(what, NAME).ok_or("no description of the portion")?;
    Ok((
        ndb.to_owned(),
        Portion { name: Text { en: Some(format!("{} {what}", shown(count))), ..Text::default() }, grams },
    ))
}

/// A count as a person writes it: ½ is `.5` in the file.
fn shown(count: f32) -> String {
    const FRACTIONS: [(f32, &str); 5] = [(0.25, "¼"), (0.333, "⅓"), (0.5, "½"), (0.667, "⅔"), (0.75, "¾")];
    let (whole, part) = (count.trunc(), count.fract());
    match FRACTIONS.iter().find(|(value, _)| (part - value).abs() < 0.005) {
        Some((_, sign)) if whole == 0.0 => (*sign).to_owned(),
        Some((_, sign)) => format!("{whole}{sign}"),
        None => format!("{count}"),
    }
}

fn read_table(path: &Path, sink: &mut RecordSink<'_>, portions: &mut Portions) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(sink.open(path)?);
    let header = csv.byte_headers().with_context(|| format!("cannot read {}", path.display()))?.clone();
    let column = |wanted: &str| header.iter().position(|h| h == wanted.as_bytes());
    let need = |wanted: &str| column(wanted).with_context(|| format!("{} has no column {wanted}", path.display()));
    let (ndb, group, long) = (need("ndb_no")?, need("food_group")?, need("long_desc")?);
    let refuse = column("refuse_pct");
    let nutrients: Vec<(usize, Nutrient)> = COLUMNS.iter().filter_map(|(c, n)| Some((column(c)?, *n))).collect();

    let mut row = csv::ByteRecord::new();
    while csv.read_byte_record(&mut row).with_context(|| format!("cannot read {}", path.display()))? {
        let at = format!("{name}, line {}", row.position().map_or(0, csv::Position::line));
        if row.len() != header.len() {
            sink.refuse(&at, &format_args!("{} fields where the header has {}", row.len(), header.len()))?;
            continue;
        }
        let field = |i: usize| String::from_utf8_lossy(row.get(i).unwrap_or_default());
        let code = field(ndb);
        if code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()) {
            sink.refuse(&at, &format_args!("\"{}\" is no NDB number", hnh_domain::codes::shorten(&code)))?;
            continue;
        }
        let Some(english) = clean(&field(long), NAME) else {
            sink.refuse(&at, &"no name")?;
            continue;
        };
        let mut amounts = Nutrients::default();
        for (i, nutrient) in &nutrients {
            amounts.set(*nutrient, amount(&field(*i)));
        }
        let provenance = Provenance::new(Source::Usda, code.as_ref());
        let food = Food {
            id: provenance.id(),
            provenance,
            group: food_group(&field(group), &english),
            name: Text { en: Some(english), ..Text::default() },
            basis: FoodBasis::Per100g,
            nutrients: amounts,
            portions: portions.remove(code.as_ref()).unwrap_or_default().into_iter().map(|(_, p)| p).collect(),
            refuse_pct: refuse.and_then(|i| amount(&field(i))).filter(|p| (0.0..=100.0).contains(p)),
        };
        sink.food(&at, &food)?;
    }
    Ok(())
}

/// Our group. Some of USDA's hold what ours keep apart; the names begin with what the food is.
fn food_group(usda: &str, name: &str) -> FoodGroup {
    let starts = |words: &[&str]| words.iter().any(|w| name.starts_with(w));
    match usda {
        "Dairy and Egg Products" if starts(&["Egg", "Eggs"]) => FoodGroup::Eggs,
        "Vegetables and Vegetable Products" if starts(&["Mushroom", "Fungi"]) => FoodGroup::Mushrooms,
        "Vegetables and Vegetable Products" if starts(&["Seaweed"]) => FoodGroup::Seaweeds,
        "Vegetables and Vegetable Products" if starts(&["Potato", "Sweet potato", "Yam", "Taro", "Cassava"]) => {
            FoodGroup::Potatoes
        }
        "Vegetables and Vegetable Products" if starts(&["Cabbage, kimchi", "Pickle"]) => FoodGroup::Kimchi,
        "Soups, Sauces, and Gravies" if starts(&["Sauce", "Gravy", "Dip", "Fish broth"]) => FoodGroup::Seasonings,
        _ => GROUPS.iter().find(|(g, _)| *g == usda).map_or(FoodGroup::Other, |(_, ours)| *ours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portion_reads_as_a_person_writes_it() {
        let (ndb, p) = portion("~01001~^1^.5^~cup, diced~^66^^").unwrap();
        assert_eq!((ndb.as_str(), p.name.en.as_deref(), p.grams), ("01001", Some("½ cup, diced"), 66.0));
        assert_eq!(shown(1.5), "1½");
        assert_eq!(shown(3.0), "3");
        assert_eq!(portion("~01001~^1^1^~cup~^^^").unwrap_err(), "no weight in grams");
        assert!(portion("~01001~").is_err());
    }

    #[test]
    fn files_are_known_by_their_first_line() {
        assert!(matches!(shape("ndb_no,food_group"), Some(Shape::Table)));
        assert!(matches!(shape("~01001~^1^1^~pat~^5.0^^"), Some(Shape::Weights)));
        assert!(shape("식품코드,식품명").is_none());
    }
}
