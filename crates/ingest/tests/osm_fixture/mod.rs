//! A small `.osm.pbf` written by hand, after <https://wiki.openstreetmap.org/wiki/PBF_Format>.

/// A protocol buffers message being written.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    fn number(mut self, field: u64, n: u64) -> Self {
        self.varint(field << 3);
        self.varint(n);
        self
    }

    fn bytes(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    fn packed(self, field: u64, numbers: impl IntoIterator<Item = u64>) -> Self {
        let mut list = Self::default();
        for n in numbers {
            list.varint(n);
        }
        self.bytes(field, &list.0)
    }
}

fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// Differences from one to the next, zigzag.
fn deltas(numbers: &[i64]) -> Vec<u64> {
    numbers.iter().scan(0, |last, n| Some(zigzag(n - std::mem::replace(last, *n)))).collect()
}

/// The texts of a block, each once; the first is empty by convention.
struct Strings(Vec<String>);

impl Strings {
    fn index(&mut self, text: &str) -> u64 {
        let known = self.0.iter().position(|t| t == text);
        known.unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        }) as u64
    }

    /// Keys in field 2, values in field 3, as nodes, ways and relations have them.
    fn tags(&mut self, message: Message, tags: &[(&str, &str)]) -> Message {
        let keys: Vec<u64> = tags.iter().map(|(k, _)| self.index(k)).collect();
        let values: Vec<u64> = tags.iter().map(|(_, v)| self.index(v)).collect();
        message.packed(2, keys).packed(3, values)
    }
}

fn framed(kind: &str, content: &[u8]) -> Vec<u8> {
    let blob = Message::default().bytes(1, content).number(2, content.len() as u64).0;
    let header = Message::default().bytes(1, kind.as_bytes()).number(3, blob.len() as u64).0;
    let mut out = (header.len() as u32).to_be_bytes().to_vec();
    out.extend(header);
    out.extend(blob);
    out
}

/// A town: a café and a nameless restaurant as nodes, a food court as a way of four corners, a restaurant
/// whose way has no corners in the file, and a restaurant that is a relation of one way.
pub(crate) fn town() -> Vec<u8> {
    let mut strings = Strings(vec![String::new()]);
    let mut group = Message::default();
    let corners = [(10, 52.50, 13.40), (11, 52.50, 13.42), (12, 52.52, 13.42), (13, 52.52, 13.40)];
    let mut node = |strings: &mut Strings, id: i64, lat: f64, lon: f64, tags: &[(&str, &str)]| {
        let units = |degrees: f64| zigzag((degrees * 1e7).round() as i64);
        let message = strings.tags(Message::default().number(1, zigzag(id)), tags);
        let message = message.number(8, units(lat)).number(9, units(lon));
        group = std::mem::take(&mut group).bytes(1, &message.0);
    };
    node(&mut strings, 1, 52.5, 13.4, &[("amenity", "cafe"), ("name", "카페"), ("diet:vegan", "limited")]);
    node(&mut strings, 2, 52.5, 13.4, &[("amenity", "restaurant")]);
    for (id, lat, lon) in corners {
        node(&mut strings, id, lat, lon, &[]);
    }
    let mut way = |strings: &mut Strings, id: u64, nodes: &[i64], tags: &[(&str, &str)]| {
        let message = strings.tags(Message::default().number(1, id), tags).packed(8, deltas(nodes));
        group = std::mem::take(&mut group).bytes(3, &message.0);
    };
    way(&mut strings, 20, &[10, 11, 12, 13, 10], &[("amenity", "food_court"), ("name", "Markthalle")]);
    way(&mut strings, 21, &[98, 99], &[("amenity", "restaurant"), ("name", "Cut off")]);
    way(&mut strings, 22, &[10, 12], &[]);
    let relation = strings.tags(Message::default().number(1, 30), &[("amenity", "restaurant"), ("name", "Hof")]);
    let outer = strings.index("outer");
    let relation = relation.packed(8, [outer]).packed(9, deltas(&[22])).packed(10, [1]);
    group = group.bytes(4, &relation.0);

    let table = strings.0.iter().fold(Message::default(), |table, text| table.bytes(1, text.as_bytes()));
    let block = Message::default().bytes(1, &table.0).bytes(2, &group.0);
    let header = Message::default().bytes(4, b"OsmSchema-V0.6").0;
    let mut file = framed("OSMHeader", &header);
    file.extend(framed("OSMData", &block.0));
    file
}
