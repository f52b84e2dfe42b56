#pragma once

#include "ui/canvas/matrixcanvas.h"
#include "ui/models/filesbykinds.h"
#include "ui/views/page.h"

namespace nuages::views {

/// All files beside all kinds of query, and how each fared in the shown revision.
class MatrixPage final : public Page, private canvas::MatrixSource
{
    Q_OBJECT

public:
    explicit MatrixPage(const PageContext &context);

    canvas::MatrixCanvas &matrix() { return *m_matrix; }

    void refresh() override;
    void followSelection() override;
    std::optional<std::expected<void, QString>> exportTo(const QString &path) const override;

    /// "Template templates/base.html, ran, new": a cell that is there, in words.
    QString words(canvas::MatrixPlace place) const { return wordsAt(place.row, place.column); }
    QStringList columnTitles() const { return {m_files.columns().begin(), m_files.columns().end()}; }

    /// Goes to the first file of a kind, or stays in the row where it is if that has one.
    void goToKind(const QString &kind);

protected:
    void showEvent(QShowEvent *event) override;

private:
    int rows() const override { return int(m_files.rows().size()); }
    int columns() const override { return int(m_files.columns().size()); }
    QString rowTitle(int row) const override;
    QString columnTitle(int column) const override { return m_files.columns()[std::size_t(column)]; }
    bool beginsGroup(int row) const override;
    bool isThere(int row, int column) const override;
    canvas::Outcome outcomeAt(int row, int column) const override;
    QString wordsAt(int row, int column) const override;
    models::FilesByKinds::Cell cell(int row, int column) const;
    QString foldTitle() const;
    void update();
    void activate(int row, int column);
    void toggleFold();

    models::Inspection &m_inspection;
    models::FilesByKinds m_files;
    canvas::MatrixCanvas *m_matrix;
};

} // namespace nuages::views
