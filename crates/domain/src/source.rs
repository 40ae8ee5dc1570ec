//! Where a record comes from.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::coded;

coded! {
    /// The sources records are imported from.
    pub enum Source ("source") {
        Osm = "osm", "오픈스트리트맵", "OpenStreetMap";
        Seoul = "seoul", "서울 열린데이터광장", "Seoul Open Data Plaza";
        Usda = "usda", "미국 농무부 SR28", "USDA SR28";
        Mfds = "mfds", "식품의약품안전처", "MFDS (Korea)";
        Cookrcp = "cookrcp", "식품의약품안전처 조리식품 레시피", "MFDS recipes (COOKRCP01)";
        Web = "web", "웹 페이지", "Web page";
        Cooklang = "cooklang", "Cooklang 파일", "Cooklang file";
        Hnh = "hnh", "HnH", "HnH";
        Busan = "busan", "부산맛집정보", "Busan's places to eat";
        SeoulGoodPrice = "seoul_goodprice", "서울시 착한가격업소", "Seoul's good-price shops";
        GoodPrice = "goodprice", "착한가격업소", "Korea's good-price shops";
        Own = "own", "내 레시피", "My own recipe";
        Wikibooks = "wikibooks", "위키책 요리책", "Wikibooks Cookbook";
    }
}

impl Source {
    /// The licence its records come under, as a credit line needs it.
    #[must_use]
    pub fn licence(self) -> &'static str {
        match self {
            Self::Osm => "ODbL 1.0",
            Self::Seoul | Self::SeoulGoodPrice | Self::Mfds | Self::Cookrcp => "KOGL Type 1",
            Self::Usda => "Public domain",
            Self::Hnh => "MIT OR Apache-2.0",
            Self::Busan | Self::GoodPrice => "이용허락범위 제한 없음",
            Self::Wikibooks => "CC BY-SA 4.0",
            Self::Web | Self::Cooklang | Self::Own => "As its author allows",
        }
    }

    /// The words its licence asks to be shown.
    #[must_use]
    pub fn attribution(self) -> &'static str {
        match self {
            Self::Osm => "© OpenStreetMap contributors",
            Self::Seoul => "서울특별시, 서울 열린데이터광장 OA-2741",
            Self::Usda => "U.S. Department of Agriculture, Agricultural Research Service, SR28",
            Self::Mfds => "식품의약품안전처 식품영양성분 데이터베이스",
            Self::Cookrcp => "식품의약품안전처 조리식품의 레시피 DB",
            Self::Hnh => "HnH",
            Self::Busan => "부산광역시 부산맛집정보, 공공데이터포털 15063472",
            Self::SeoulGoodPrice => "서울특별시 착한가격업소, 서울 열린데이터광장",
            Self::GoodPrice => "행정안전부 착한가격업소, 공공데이터포털 3045247",
            Self::Wikibooks => "Wikibooks contributors",
            Self::Web | Self::Cooklang | Self::Own => "",
        }
    }

    /// Where the source lives.
    #[must_use]
    pub fn url(self) -> &'static str {
        match self {
            Self::Osm => "https://www.openstreetmap.org/copyright",
            Self::Seoul => "https://data.seoul.go.kr/dataList/OA-2741/S/1/datasetView.do",
            Self::Usda => "https://www.ars.usda.gov/nutrientdata",
            Self::Mfds => "https://various.foodsafetykorea.go.kr/nutrient/",
            Self::Cookrcp => "https://www.foodsafetykorea.go.kr/api/openApiInfo.do?svc_no=COOKRCP01",
            Self::Busan => "https://www.data.go.kr/data/15063472/fileData.do",
            Self::SeoulGoodPrice => "https://data.seoul.go.kr",
            Self::GoodPrice => "https://www.data.go.kr/data/3045247/fileData.do",
            Self::Wikibooks => "https://en.wikibooks.org/wiki/Cookbook:Table_of_Contents",
            Self::Web | Self::Cooklang | Self::Hnh | Self::Own => "",
        }
    }
}

/// Namespace of every record id: a UUIDv5 of the DNS name `hnh.example`, fixed for ever.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d1b_7a0e_52c3_5f0e_9c1c_3f0a_7d2e_4b11);

/// Origin of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provenance {
    /// The source.
    pub source: Source,
    /// The record's id there: `node/123`, `01001`, …
    pub source_id: String,
    /// The page it can be seen on, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When the source said so: `2022-12`, or the whole date; absent where the source does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

impl Provenance {
    /// A record of a source.
    pub fn new(source: Source, source_id: impl Into<String>) -> Self {
        Self { source, source_id: source_id.into(), url: None, as_of: None }
    }

    /// The same, said at a time: `2022-12`.
    #[must_use]
    pub fn as_of(self, time: impl Into<String>) -> Self {
        Self { as_of: Some(time.into()), ..self }
    }

    /// Our id: a UUIDv5 of the source and its id, so that favourites survive a rebuild.
    #[must_use]
    pub fn id(&self) -> Uuid {
        Uuid::new_v5(&NAMESPACE, format!("{}:{}", self.source, self.source_id).as_bytes())
    }
}
