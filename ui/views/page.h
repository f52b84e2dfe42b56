#pragma once

#include <QString>
#include <QWidget>

#include <expected>
#include <optional>
#include <span>

namespace nuages::link {
class Link;
}

namespace nuages::models {
class Inspection;
}

namespace nuages::views {

class EditorClient;

/// What a page works with. Outlives it.
struct PageContext {
    models::Inspection &inspection;
    EditorClient &client;
    link::Link &link;
};

/// What stands behind one tab of a pane. Whatever the pages of the window have in common is asked of them here; a page
/// is one class, and one line in the list of pages.cpp.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// What has the focus when the user goes to the page. It is no focus proxy, as the Tab key would then go from
    /// before the page to it, past whatever stands above it.
    QWidget &entry() { return m_entry ? *m_entry : *this; }

    /// Every model is up to date.
    virtual void refresh() { }

    /// The selection is elsewhere: what it names is brought into view.
    virtual void followSelection() { }

    /// Writes the picture that the page is into a file, as canvas::exportTo() does; nullopt if it is none.
    virtual std::optional<std::expected<void, QString>> exportTo(const QString & /*path*/) const
    {
        return std::nullopt;
    }

Q_SIGNALS:
    /// The user goes to a query, trace::NodeId; 0 is none.
    void nodePicked(quint32 node);

protected:
    void setEntry(QWidget *entry) { m_entry = entry; }

private:
    QWidget *m_entry = nullptr;
};

/// One page of the window.
struct PageEntry {
    const char *name; ///< Of the widget.
    const char *title; ///< Of its tab, to be translated in the context "Page".
    const char *dock; ///< In which it is: the name of a dock; null for the pane of the graph.
    Page *(*make)(const PageContext &context);
};

/// In the order of the tabs.
std::span<const PageEntry> pageEntries();

} // namespace nuages::views
