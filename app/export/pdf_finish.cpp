// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/pdf_finish.h"

#define POINTERHOLDER_TRANSITION 4 // std::shared_ptr only
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <exception>
#include <memory>

namespace cupel::app {

namespace {

using Object = QPDFObjectHandle;

class Finisher {
public:
    explicit Finisher(QPDF& pdf)
        : m_pdf(pdf)
        , m_objects(QPDFPageDocumentHelper(pdf).getAllPages())
    {
    }

    void addLinks(const std::vector<PdfLink>& links)
    {
        std::vector<Object> annotations(m_objects.size(), Object::newNull());
        for (const PdfLink& link : links) {
            const auto page = static_cast<std::size_t>(link.page);
            Object destination = destinationOf(link.target);
            if (page < m_objects.size() && !destination.isNull()) {
                if (annotations[page].isNull()) {
                    annotations[page] = Object::newArray();
                }
                annotations[page].appendItem(m_pdf.makeIndirectObject(linkTo(link, destination)));
            }
        }
        for (std::size_t i = 0; i < m_objects.size(); ++i) {
            if (!annotations[i].isNull()) {
                m_objects[i].getObjectHandle().replaceKey("/Annots", annotations[i]);
            }
        }
    }

    // Sections, and inside them their headings, closed at first.
    void addOutline(const std::vector<PdfBookmark>& bookmarks)
    {
        Object root = m_pdf.makeIndirectObject(Object::newDictionary());
        root.replaceKey("/Type", Object::newName("/Outlines"));
        std::vector<Object> sections;
        std::vector<Object> inside;
        for (const PdfBookmark& entry : bookmarks) {
            if (entry.level == 1) {
                closeSection(sections, inside);
                sections.push_back(itemFor(entry));
            } else {
                inside.push_back(itemFor(entry));
            }
        }
        closeSection(sections, inside);
        if (sections.empty()) {
            return;
        }
        chain(root, sections, static_cast<long long>(sections.size()));
        m_pdf.getRoot().replaceKey("/Outlines", root);
        m_pdf.getRoot().replaceKey("/PageMode", Object::newName("/UseOutlines"));
    }

    void describe(const PdfParts& details)
    {
        Object root = m_pdf.getRoot();
        root.replaceKey("/Lang", Object::newUnicodeString(details.language));
        Object preferences = Object::newDictionary();
        preferences.replaceKey("/DisplayDocTitle", Object::newBool(true));
        root.replaceKey("/ViewerPreferences", preferences);
        Object info = Object::newDictionary();
        info.replaceKey("/Title", Object::newUnicodeString(details.title));
        info.replaceKey("/Creator", Object::newUnicodeString("Cupel"));
        info.replaceKey("/Producer", Object::newUnicodeString("Cupel"));
        if (const std::string date = pdfDate(details.date); !date.empty()) {
            info.replaceKey("/CreationDate", Object::newString(date));
            info.replaceKey("/ModDate", Object::newString(date));
        }
        m_pdf.getTrailer().replaceKey("/Info", m_pdf.makeIndirectObject(info));
        m_pdf.getTrailer().removeKey("/ID");
    }

    void attach(std::string_view json)
    {
        auto stream = QPDFEFStreamObjectHelper::createEFStream(m_pdf, std::string(json));
        stream.setSubtype("application/json");
        auto spec = QPDFFileSpecObjectHelper::createFileSpec(m_pdf, "findings.json", stream);
        spec.setDescription("All findings of this report, machine readable, secrets masked");
        spec.getObjectHandle().replaceKey("/AFRelationship", Object::newName("/Data"));
        QPDFEmbeddedFileDocumentHelper(m_pdf).replaceEmbeddedFile("findings.json", spec);
    }

private:
    static Object number(double points) { return Object::newReal(points, 2); }

    static std::string pdfDate(std::string_view iso)
    {
        std::string digits;
        for (const char c : iso.substr(0, 10)) {
            if (c >= '0' && c <= '9') {
                digits += c;
            }
        }
        return digits.size() == 8 ? "D:" + digits + "000000Z" : std::string();
    }

    Object destinationOf(const PdfTarget& target)
    {
        if (target.page < 0 || static_cast<std::size_t>(target.page) >= m_objects.size()) {
            return Object::newNull();
        }
        Object destination = Object::newArray();
        destination.appendItem(m_objects[static_cast<std::size_t>(target.page)].getObjectHandle());
        destination.appendItem(Object::newName("/XYZ"));
        destination.appendItem(Object::newNull());
        destination.appendItem(number(target.top));
        destination.appendItem(Object::newNull());
        return destination;
    }

    static Object linkTo(const PdfLink& area, const Object& destination)
    {
        Object link = Object::newDictionary();
        link.replaceKey("/Type", Object::newName("/Annot"));
        link.replaceKey("/Subtype", Object::newName("/Link"));
        link.replaceKey(
            "/Rect", Object::newArray({number(area.left), number(area.bottom), number(area.right), number(area.top)}));
        const Object none = Object::newInteger(0);
        link.replaceKey("/Border", Object::newArray({none, none, none}));
        link.replaceKey("/F", Object::newInteger(4)); // printed
        link.replaceKey("/Dest", destination);
        return link;
    }

    Object itemFor(const PdfBookmark& entry)
    {
        Object item = m_pdf.makeIndirectObject(Object::newDictionary());
        item.replaceKey("/Title", Object::newUnicodeString(entry.title));
        Object destination = destinationOf(entry.target);
        if (!destination.isNull()) {
            item.replaceKey("/Dest", destination);
        }
        return item;
    }

    static void chain(Object& parent, std::vector<Object>& items, long long count)
    {
        for (std::size_t i = 0; i < items.size(); ++i) {
            items[i].replaceKey("/Parent", parent);
            if (i > 0) {
                items[i].replaceKey("/Prev", items[i - 1]);
            }
            if (i + 1 < items.size()) {
                items[i].replaceKey("/Next", items[i + 1]);
            }
        }
        parent.replaceKey("/First", items.front());
        parent.replaceKey("/Last", items.back());
        parent.replaceKey("/Count", Object::newInteger(count));
    }

    static void closeSection(std::vector<Object>& sections, std::vector<Object>& inside)
    {
        if (!sections.empty() && !inside.empty()) {
            chain(sections.back(), inside, -static_cast<long long>(inside.size())); // negative: shown closed
        }
        inside.clear();
    }

    QPDF& m_pdf;
    std::vector<QPDFPageObjectHelper> m_objects;
};

std::string written(QPDF& pdf)
{
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setStreamDataMode(qpdf_s_compress);
    writer.write();
    const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

} // namespace

std::string finishPdf(std::string_view bytes, const PdfParts& parts)
{
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("report.pdf", bytes.data(), bytes.size());
        Finisher finisher(pdf);
        finisher.addLinks(parts.links);
        finisher.addOutline(parts.bookmarks);
        finisher.describe(parts);
        if (!parts.attachment.empty()) {
            finisher.attach(parts.attachment);
        }
        return written(pdf);
    } catch (const std::exception&) {
        return {};
    }
}

} // namespace cupel::app
