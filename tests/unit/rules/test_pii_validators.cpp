// SPDX-License-Identifier: GPL-3.0-or-later
// Every validator of personal data with a value that holds and one that is broken, and with all values that differ from
// the good one by one digit: a checksum that is worth its name refuses them. Values are made up or published samples;
// those of checksums were made by other programs than this one.
#include "analyzers/rules/pii/validator.h"
#include "tests/unit/check.h"

#include <set>
#include <string>

using namespace cupel;
using rules::pii::findValidator;
using rules::pii::Proof;
using rules::pii::validators;

namespace {

struct Sample {
    const char* name;
    const char* good;
    const char* broken;
    int passing; // at most so many of a hundred values with one wrong digit may pass; 0: none
};

// clang-format off
constexpr Sample samples[] = {
    {"luhn", "79927398713", "79927398714", 0},
    {"card", "6011601160116611", "6011601160116612", 0},
    {"iban", "DE75804238421289920150", "DE75804238421289920151", 0},
    {"bic", "DEUTDEFF500", "0EUTDEFF500", 100},
    {"worker-id", "A2K7Q0ZD41XWRB", "A2K7Q0ZD41XwRB", 100},
    {"assignment-id", "3AMYWKA6YBMF2JQ8ZT0C7NQ5H1PO6D", "3AMYWKA6YBMF2JQ8ZT0C7NQ5H1PO6", 100},
    {"lei", "682500CAMG8VGHEPF456", "682500CAMG8VGHEPF457", 0},
    {"us-aba", "723275963", "723275964", 0},
    {"mx-clabe", "032180000118359719", "032180000118359710", 0},
    {"ar-cbu", "8553477125828192459355", "8553477125828192459356", 0},
    {"imei", "982390922853616", "982390922853617", 0},
    {"iccid", "89490589896363154326", "89490589896363154327", 0},
    {"vin", "1M8GDM9AXKP042788", "1M8GDM9AXKP042789", 0},
    {"orcid", "0000000218250097", "0000000218250098", 0},
    {"imsi", "310150123456789", "810150123456789", 98},
    {"bitcoin-segwit", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T5", 0},
    {"bitcoin-legacy", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv8DivfNa", 0},
    {"passport-mrz", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", "L898902C36UTO7408122F1204150ZE184226B<<<<<10", 27},
    {"de-tax-id", "72689542022", "72689542023", 0},
    {"de-rvnr", "65120786J241", "65120786J242", 0},
    {"de-kvnr", "A123456780", "A123456781", 0},
    {"de-lanr", "123456601", "123456701", 26},
    {"de-bsnr", "721111100", "000000000", 100},
    {"de-vat", "DE419878099", "DE419878090", 0},
    {"de-vat-form", "DE123456789", "DE023456789", 99},
    {"de-id-card", "T220001293", "T220001294", 0},
    {"de-plz", "10117", "00117", 98},
    {"de-plate", "BAB123", "BAB023", 97},
    {"de-register", "HRB4711", "HRB0711", 98},
    {"at-svnr", "8890160482", "8890160483", 0},
    {"at-vat", "ATU83911439", "ATU83911430", 0},
    {"ch-ahv", "7562740999967", "7562740999968", 0},
    {"ch-uid", "CHE957057338", "CHE957057339", 0},
    {"fr-nir", "280225485257273", "280225485257274", 0},
    {"fr-spi", "1468867361416", "1468867361417", 0},
    {"fr-siren", "980533459", "980533450", 0},
    {"fr-siret", "32504845237307", "32504845237308", 0},
    {"fr-vat", "FR88675294011", "FR88675294012", 0},
    {"be-rrn", "40080801361", "40080801362", 0},
    {"be-vat", "BE1424911093", "BE1424911094", 0},
    {"be-id-card", "672503756517", "672503756518", 0},
    {"nl-bsn", "258041730", "258041731", 0},
    {"nl-vat", "NL305762229B39", "NL305762220B39", 19},
    {"lu-matricule", "1893120105732", "1893120105733", 0},
    {"es-nif", "94714612Z", "94714613Z", 0},
    {"es-nie", "Z1917459T", "Z1917450T", 0},
    {"es-cif", "P66859349", "P66859340", 0},
    {"es-nuss", "281234567840", "281234567841", 0},
    {"pt-nif", "205155812", "205155813", 0},
    {"pt-cc", "346409573018", "346409573019", 0},
    {"it-cf", "RSSMRA81R60F301B", "RSSMRA81R60F302B", 0},
    {"it-cf-form", "RSSMRA80A01H501U", "RSSMRA80A00H501U", 99},
    {"it-piva", "44739530747", "44739530748", 0},
    {"it-licence", "RM1234567K", "0M1234567K", 100},
    {"uk-nhs", "5612164165", "5612164166", 0},
    {"uk-chi", "1902219996", "1902219997", 0},
    {"uk-nino", "JG103759A", "QG103759A", 100},
    {"uk-utr", "5037217349", "5037217340", 0},
    {"uk-vat", "GB228573782", "GB228573783", 2},
    {"uk-licence", "MORGA657054SM9IJ", "MORGA657004SM9IJ", 74},
    {"uk-plate", "AB12CDE", "AB32CDE", 78},
    {"uk-postcode", "SW1A1AA", "QW1A1AA", 100},
    {"ie-pps", "9227785K", "9227786K", 0},
    {"se-pnr", "0603107251", "0603107252", 0},
    {"se-orgnr", "7745021308", "7745021309", 0},
    {"no-fnr", "12098821528", "12098821529", 0},
    {"no-orgnr", "987410310", "987410311", 0},
    {"dk-cpr", "2110625629", "2113625629", 76},
    {"dk-cvr", "68037921", "68037922", 0},
    {"fi-hetu", "150883Y3649", "150883Y3640", 0},
    {"fi-ytunnus", "47059245", "47059246", 0},
    {"is-kennitala", "2412863479", "2412863471", 3},
    {"baltic-id", "31303025311", "31303025312", 2},
    {"lv-pk", "28118908159", "28118908150", 0},
    {"pl-pesel", "20042494368", "20042494369", 0},
    {"pl-nip", "1432107538", "1432107539", 0},
    {"pl-regon", "218521167", "218521168", 0},
    {"pl-id-card", "ABA300000", "ABA300001", 0},
    {"pl-passport", "ZS0000177", "ZS0000178", 0},
    {"cz-rc", "9103120664", "9103120665", 0},
    {"cz-ico", "70745099", "70745090", 0},
    {"sk-dic", "4087403606", "4087403607", 0},
    {"hu-taj", "111111110", "111111111", 0},
    {"hu-tax", "8071592153", "8071592154", 0},
    {"ro-cnp", "6910105125707", "6910105125708", 0},
    {"ro-cui", "67572720", "67572721", 9},
    {"bg-egn", "8712095825", "8712095826", 0},
    {"bg-lnch", "8427698345", "8427698346", 0},
    {"hr-oib", "04259532550", "04259532551", 0},
    {"yu-jmbg", "0101006500006", "0101006500007", 0},
    {"si-tax", "33012229", "33012220", 0},
    {"rs-pib", "133270149", "133270140", 0},
    {"gr-afm", "546878627", "546878628", 0},
    {"gr-amka", "26080659969", "26080659960", 0},
    {"tr-kimlik", "31078515998", "31078515999", 0},
    {"tr-plate", "34ABC123", "84ABC123", 96},
    {"tr-phone", "905321234567", "906321234567", 78},
    {"ua-rnokpp", "2173114213", "2173114214", 0},
    {"ru-inn", "0602741126", "0602741127", 0},
    {"ru-snils", "11223344595", "11223344596", 0},
    {"ru-ogrn", "1027700132195", "1027700132196", 0},
    {"kz-iin", "910815450350", "910815450351", 10},
    {"mt-vat", "33378161", "33378162", 0},
    {"us-ssn", "527541387", "927541387", 99},
    {"us-itin", "939714155", "939014155", 83},
    {"us-ein", "643006972", "693006972", 99},
    {"us-npi", "1234567893", "1234567894", 0},
    {"us-dea", "AB1234563", "AB1234564", 5},
    {"us-mbi", "1EG4TE5MK73", "0EG4TE5MK73", 98},
    {"us-zip", "90210", "00210", 98},
    {"nanp", "2125550123", "2120550123", 95},
    {"ca-sin", "530009703", "530009704", 0},
    {"ca-postcode", "K1A0B1", "Q1A0B1", 100},
    {"br-cpf", "86999756945", "86999756946", 0},
    {"br-cnpj", "33497820614503", "33497820614504", 0},
    {"br-pis", "12845260433", "12845260434", 0},
    {"br-cnh", "02650306461", "02650306462", 0},
    {"mx-curp", "PEGJ961228MMCRRN92", "PEGJ961228MMCRRN93", 6},
    {"mx-rfc", "PEG211104276", "PEG211104277", 0},
    {"mx-nss", "12345678903", "12345678904", 0},
    {"ar-cuit", "23204345538", "23204345539", 0},
    {"cl-rut", "754012374", "754012375", 0},
    {"co-nit", "5086679848", "5086679849", 0},
    {"pe-ruc", "10467142815", "10467142816", 0},
    {"ec-ci", "0132265356", "0132265357", 0},
    {"uy-ci", "12345672", "12345673", 6},
    {"ve-rif", "J546879479", "J546879470", 0},
    {"py-ruc", "88582671", "88582672", 0},
    {"do-cedula", "80626358073", "80626358074", 0},
    {"gt-nit", "386694184", "386694185", 0},
    {"in-aadhaar", "830151067663", "830151067664", 0},
    {"in-pan", "DWTPF0989F", "0WTPF0989F", 100},
    {"in-gstin", "01JCAPT1911O1ZI", "01JCAPT1911O2ZI", 0},
    {"in-voter", "ABC1234566", "0BC1234566", 100},
    {"in-passport", "J8369854", "J8369850", 97},
    {"in-ifsc", "SBIN0001234", "SBIN1001234", 86},
    {"pk-cnic", "5430314816337", "8430314816337", 98},
    {"lk-nic", "853400937V", "853700937V", 94},
    {"cn-resident", "110101198708160899", "110101198708160890", 0},
    {"cn-uscc", "911101051BBPRXFHX1", "911101051BBPRXFHX2", 0},
    {"cn-mobile", "13800138000", "16800138000", 87},
    {"hk-id", "A1234563", "A1234564", 0},
    {"tw-id", "A123456789", "A123456780", 9},
    {"jp-my-number", "123456789018", "123456789019", 0},
    {"jp-corporate", "7378954610025", "7378954610026", 3},
    {"kr-rrn", "5610231634974", "5610231634975", 0},
    {"kr-rrn-form", "9001011234567", "9001015234567", 83},
    {"kr-frn", "6703276136494", "6703276136495", 0},
    {"kr-brn", "9919698616", "9919698617", 0},
    {"sg-nric", "S1234567D", "S1234568D", 0},
    {"sg-nric-form", "S1234567A", "Q1234567A", 100},
    {"sg-uen", "98311946E", "98311947E", 0},
    {"my-kad", "470927319065", "470927819065", 84},
    {"th-id", "3768568469092", "3768568469093", 8},
    {"id-nik", "1176370505165938", "1176370500165938", 90},
    {"vn-cccd", "001099012345", "000099012345", 91},
    {"ph-tin", "000123456", "000123457", 0},
    {"au-abn", "77331120508", "77331120509", 0},
    {"au-acn", "959215788", "959215789", 10},
    {"au-tfn", "983614083", "983614084", 0},
    {"au-medicare", "2123456701", "2123456711", 10},
    {"nz-ird", "012818637", "012818638", 0},
    {"nz-nhi", "ZZZ0016", "ZZZ0017", 0},
    {"il-id", "993870112", "993870113", 0},
    {"sa-id", "1012345672", "1012345673", 0},
    {"ae-id", "784198012345678", "784198012345679", 0},
    {"eg-id", "29001011234567", "29001014234567", 77},
    {"za-id", "5901082284096", "5901082284097", 0},
    {"ng-nin", "54165086699", "54165086690", 0},
};
// clang-format on

} // namespace

CUPEL_TEST(everyValidatorHasASample)
{
    std::set<std::string> covered;
    for (const auto& sample : samples) {
        covered.insert(sample.name);
    }
    for (const auto& validator : validators()) {
        if (!covered.contains(std::string(validator.name))) {
            test::report(false, __FILE__, __LINE__, "no sample for " + std::string(validator.name));
        }
    }
    CHECK_EQ(covered.size(), validators().size());
    CHECK(validators().size() >= 120);
}

CUPEL_TEST(goodHoldsAndBrokenDoesNot)
{
    for (const auto& sample : samples) {
        const auto* validator = findValidator(sample.name);
        if (!CHECK(validator != nullptr)) {
            continue;
        }
        if (!validator->holds(sample.good)) {
            test::report(false, __FILE__, __LINE__, std::string(sample.name) + " refuses " + sample.good);
        }
        if (validator->holds(sample.broken)) {
            test::report(false, __FILE__, __LINE__, std::string(sample.name) + " accepts " + sample.broken);
        }
    }
}

CUPEL_TEST(oneWrongDigitIsNoticed)
{
    for (const auto& sample : samples) {
        const auto* validator = findValidator(sample.name);
        if (!CHECK(validator != nullptr) || validator->proof != Proof::Checksum) {
            continue;
        }
        int tried = 0;
        int passed = 0;
        const std::string good = sample.good;
        for (std::size_t i = 0; i < good.size(); ++i) {
            for (char c = '0'; c <= '9' && good[i] >= '0' && good[i] <= '9'; ++c) {
                auto wrong = good;
                wrong[i] = c;
                if (wrong != good) {
                    ++tried;
                    passed += validator->holds(wrong) ? 1 : 0;
                }
            }
        }
        if (passed * 100 > sample.passing * tried) {
            test::report(false, __FILE__, __LINE__,
                std::string(sample.name) + ": " + std::to_string(passed) + " of " + std::to_string(tried)
                    + " wrong values pass");
        }
    }
}

// Whatever a shape lets through, a validator answers and reads nothing outside.
CUPEL_TEST(anyTextIsAnswered)
{
    const std::string odd[] = {"", "0", "A", "-", std::string(80, '9'), std::string(80, 'Z'), "DE",
        "1234567890123456789012", "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"};
    for (const auto& validator : validators()) {
        for (const auto& text : odd) {
            for (std::size_t size = 0; size <= text.size(); ++size) {
                (void)validator.holds(std::string_view(text).substr(0, size));
            }
        }
    }
    CHECK(true);
}
