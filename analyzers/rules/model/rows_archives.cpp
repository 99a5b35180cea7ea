// SPDX-License-Identifier: GPL-3.0-or-later
// Containers: tar, 7z, and what zips say twice in different ways.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

namespace {

using S = Severity;
using C = Confidence;

constexpr std::array table{
    FlawRow{"member-text", "CUP-MODEL-NOT-WEIGHTS", S::Low, C::Certain,
        "{n} {member is named like weights and is|members are named like weights and are} something else: {}."},
    FlawRow{"member-wrong-name", "CUP-MODEL-WRONG-NAME", S::Medium, C::Certain,
        "{n} {member is|members are} of another format by {its name|their names}: {}."},
    FlawRow{"member-other-name", "CUP-MODEL-WRONG-NAME", S::Low, C::Certain,
        "{n} {member is|members are} of another format by {its name|their names}: {}."},
    FlawRow{"member-script", "CUP-MODEL-DISGUISED", S::High, C::Certain,
        "{n} {member is named like weights and is a script|members are named like weights and are scripts}: {}."},
    FlawRow{"member-script-maybe", "CUP-MODEL-DISGUISED", S::Medium, C::Certain,
        "{n} {member could be weights by its name and is a script|members could be weights by their names and are "
        "scripts}: {}."},
    FlawRow{"member-program", "CUP-MODEL-DISGUISED", S::High, C::Certain,
        "{n} {member is named like weights and is a program|members are named like weights and are programs}: {}."},
    FlawRow{"member-program-maybe", "CUP-MODEL-DISGUISED", S::Medium, C::Certain,
        "{n} {member could be weights by its name and is a program|members could be weights by their names and are "
        "programs}: {}."},
    FlawRow{"member-native", "CUP-ARC-PROGRAM", S::Medium, C::Certain,
        "{n} {member of the archive is a program|members of the archive are programs}: {}."},
    FlawRow{"tar-slip", "CUP-TAR-SLIP", S::High, C::Certain,
        "{n} {member has a name|members have names} with an absolute path, a drive, backslashes or \"..\"."},
    FlawRow{"tar-link-leaves", "CUP-TAR-LINK", S::High, C::Certain,
        "{n} {link points|links point} out of the folder that the archive is unpacked to."},
    FlawRow{"tar-through-link", "CUP-TAR-LINK", S::High, C::Certain,
        "{n} {member is|members are} written through a link that the archive makes before them."},
    FlawRow{"tar-device", "CUP-TAR-DEVICE", S::Medium, C::Certain,
        "{n} {member is a device or a pipe|members are devices or pipes}."},
    FlawRow{"tar-concatenated", "CUP-TAR-HIDDEN", S::Medium, C::Certain,
        "Another archive follows the end of the first. Its members were looked at as well."},
    FlawRow{"tar-trailing", "CUP-TAR-HIDDEN", S::Medium, C::Certain,
        "{} {byte follows|bytes follow} the end of the archive and {belongs|belong} to no member."},
    FlawRow{"tar-sizes-differ", "CUP-TAR-READERS-DIFFER", S::High, C::Certain,
        "{n} {member has|members have} two sizes: readers differ in where the next member begins. Both ways were "
        "read."},
    FlawRow{"tar-special-data", "CUP-TAR-READERS-DIFFER", S::Medium, C::Certain,
        "{n} {link or device claims|links or devices claim} to have data: some readers skip it, others take it for "
        "members."},
    FlawRow{"tar-checksum", "CUP-TAR-BROKEN", S::Medium, C::Certain,
        "The header of a member has a wrong checksum: {} {byte|bytes} could not be assigned."},
    FlawRow{"tar-truncated", "CUP-TAR-BROKEN", S::Medium, C::Certain, "The archive ends inside of a member."},
    FlawRow{"tar-size", "CUP-TAR-BROKEN", S::Medium, C::Certain, "The size of a member is no number."},
    FlawRow{"tar-extended", "CUP-TAR-BROKEN", S::Medium, C::Certain,
        "An extended header holds a record that readers refuse."},
    FlawRow{"tar-sparse", "CUP-TAR-SPARSE", S::Low, C::Certain,
        "{n} {member is|members are} stored without {its|their} holes; what is stored was read."},
    FlawRow{"zip-cut", "CUP-ZIP-CUT", S::Medium, C::Certain, "The end of the zip is missing: {}."},
    FlawRow{"sevenzip-header", "CUP-SEVENZIP-BROKEN", S::Medium, C::Certain,
        "The header of the archive cannot be read: {}."},
    FlawRow{"sevenzip-checksum", "CUP-SEVENZIP-BROKEN", S::Medium, C::Certain,
        "{n} {part of the archive has|parts of the archive have} a wrong checksum{:|, first} {}."},
    FlawRow{"sevenzip-damaged", "CUP-SEVENZIP-BROKEN", S::Medium, C::Certain, "{n} {member is|members are} damaged."},
    FlawRow{"sevenzip-encrypted", "CUP-SEVENZIP-UNOPENED", S::Medium, C::Certain,
        "{n} {part of the archive is|parts of the archive are} encrypted: what {it holds|they hold} was not checked."},
    FlawRow{"sevenzip-method", "CUP-SEVENZIP-UNOPENED", S::Medium, C::Certain,
        "{n} {part of the archive is|parts of the archive are} packed in a way that is not read: {}."},
    FlawRow{"sevenzip-trailing", "CUP-SEVENZIP-HIDDEN", S::Medium, C::Certain,
        "{} {byte follows|bytes follow} the end of the archive."},
    FlawRow{"sevenzip-slip", "CUP-SEVENZIP-SLIP", S::High, C::Certain,
        "{n} {member has a name|members have names} with an absolute path, a drive, backslashes or \"..\", or {is a "
        "link|are links}."},
    FlawRow{"zip-names-differ", "CUP-ZIP-NAMES", S::Medium, C::Certain,
        "{n} {member has|members have} two names, one in the directory and one in front of {its|their} data: {}."},
    FlawRow{"zip-duplicate", "CUP-ZIP-DUPLICATE", S::Medium, C::Certain,
        "{n} {name stands|names stand} twice in the directory{:|, first} {}. All members were looked at."},
    FlawRow{"zip-case", "CUP-ZIP-DUPLICATE", S::Low, C::Certain,
        "{n} {name differs|names differ} only in upper and lower case{:|, first} {}. All members were looked at."},
    FlawRow{"zip-roots", "CUP-ZIP-DUPLICATE", S::Medium, C::Certain,
        "{} different pickles could be the model: which one is loaded, the program decides."},
    FlawRow{"zip-methods-differ", "CUP-ZIP-ENTRY", S::Medium, C::Certain,
        "{n} {member is|members are} packed in another way than {its|their} own header says{:|, first} {}."},
    FlawRow{"zip-entry-sizes-differ", "CUP-ZIP-ENTRY", S::Medium, C::Certain,
        "{n} {member has|members have} another size in the directory than in {its|their} own header{:|, first} {}."},
    FlawRow{"zip-checksums-differ", "CUP-ZIP-ENTRY", S::Medium, C::Certain,
        "{n} {member has|members have} another checksum in the directory than in {its|their} own header{:|, first} "
        "{}."},
    FlawRow{"zip-stored-sizes", "CUP-ZIP-ENTRY", S::Medium, C::Certain,
        "{n} {member is|members are} not packed and yet {has|have} two sizes{:|, first} {}."},
    FlawRow{"zip-no-header", "CUP-ZIP-ENTRY", S::Medium, C::Certain,
        "{n} {member of the directory has|members of the directory have} no data where it should be{:|, first} {}."},
    FlawRow{"zip-flags", "CUP-ZIP-FLAGS", S::Medium, C::Certain,
        "{n} {member carries|members carry} flags that contradict each other or that nothing uses{:|, first} {}."},
    FlawRow{"zip-checksum", "CUP-ZIP-CHECKSUM", S::Medium, C::Certain,
        "{n} {member has|members have} another checksum than the directory says{:|, first} {}. {It was looked at as it "
        "is|They were looked at as they are}."},
    FlawRow{
        "zip-damaged", "CUP-ZIP-CHECKSUM", S::Medium, C::Certain, "{n} {member is|members are} damaged{:|, first} {}."},
    FlawRow{"zip-encrypted", "CUP-ZIP-ENCRYPTED", S::Medium, C::Certain,
        "{n} {member is|members are} encrypted: what {it holds|they hold} was not checked."},
    FlawRow{"zip-unopened", "CUP-ZIP-ENTRY", S::Medium, C::Certain, "{n} {member|members} could not be opened."},
    FlawRow{"zip-overlap", "CUP-ZIP-OVERLAP", S::Medium, C::Certain,
        "{n} {member shares|members share} bytes with others."},
    FlawRow{"zip-prefix", "CUP-ZIP-OUTSIDE", S::Low, C::Certain,
        "{} {byte stands|bytes stand} in front of the first member."},
    FlawRow{"zip-gap", "CUP-ZIP-OUTSIDE", S::Low, C::Certain,
        "{} {byte between the members belongs|bytes between the members belong} to none."},
    FlawRow{"zip-extra", "CUP-ZIP-OUTSIDE", S::Low, C::Certain,
        "{} {byte|bytes} in the extra fields of members {says|say} nothing that programs read."},
    FlawRow{"zip-trailing", "CUP-ZIP-OUTSIDE", S::Medium, C::Certain,
        "{} {byte follows|bytes follow} the end of the archive."},
    FlawRow{"zip-comment", "CUP-ZIP-OUTSIDE", S::Medium, C::Certain,
        "The comment of the archive ({} {byte|bytes}) is no text, or holds parts of another archive."},
    FlawRow{"zip-comment-text", "CUP-ZIP-OUTSIDE", S::Low, C::Certain,
        "{} {byte|bytes} of text {stands|stand} in the comment of the archive, which no loader reads."},
    FlawRow{"zip-comment-commit", "CUP-ZIP-OUTSIDE", S::Info, C::Certain,
        "The comment of the archive ({} {byte|bytes}) is the id of a commit, as git writes it."},
    FlawRow{"zip-member-comment", "CUP-ZIP-OUTSIDE", S::Low, C::Certain,
        "{} {byte stands|bytes stand} in comments of members, which no loader reads."},
    FlawRow{"zip-comment-overrun", "CUP-ZIP-ENDS", S::Medium, C::Certain,
        "The comment of the archive claims more bytes than there are."},
    FlawRow{"zip-two-ends", "CUP-ZIP-ENDS", S::Medium, C::Certain,
        "The archive has two ends, one inside the comment of the other: programs read different directories."},
    FlawRow{"zip-wide", "CUP-ZIP-ENDS", S::Medium, C::Certain,
        "The end record for large archives contradicts the other one: {}."},
};

} // namespace

std::span<const FlawRow> archivesRows()
{
    return table;
}

} // namespace cupel::rules::model
