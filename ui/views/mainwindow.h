#pragma once

#include "ui/views/editorclient.h"
#include "ui/views/omnibox.h"
#include "ui/views/settings.h"

#include <QMainWindow>
#include <QTimer>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <vector>

class QAction;
class QActionGroup;
class QDockWidget;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace nuages::canvas {
class GraphCanvas;
class RevisionStrip;
} // namespace nuages::canvas

namespace nuages::link {
class Link;
}

namespace nuages::models {
class Inspection;
class MessageLog;
} // namespace nuages::models

namespace nuages::views {

class ElidedLabel;
class Page;
class Pane;
class SettingsDialog;
class SourcePane;
class Table;
class WhyPane;

/// What the file of a session ends with.
inline constexpr QLatin1StringView sessionSuffix(".nuages");

/// The session of the demo project that comes with the program, as a file within it.
inline constexpr QLatin1StringView demoSession(":/demo.nuages");

/// The inspector: panes around one selection, one revision and one filter. Types into the server over `link`, and
/// shows what the engine did.
///
/// Lives on the GUI thread and never waits for the engine.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// Begins to speak to the server at once. `inspection` and `link` must outlive the window.
    MainWindow(models::Inspection &inspection, link::Link &link, const QString &workspace, QWidget *parent = nullptr);
    ~MainWindow() override;

    models::Inspection &inspection() { return m_inspection; }
    SourcePane &source() { return *m_source; }
    EditorClient &client() { return *m_client; }
    canvas::GraphCanvas &graph() { return *m_graph; }
    canvas::RevisionStrip &strip() { return *m_strip; }
    WhyPane &why() { return *m_why; }

    /// What the server has said, oldest first.
    QStringList messages() const;

    /// The messages of the protocol that went by.
    const models::MessageLog &protocol() const;

    /// Cards, edges, bars and labels that were painted so far.
    qint64 paintedItems() const;

    /// In all templates by the shown revision; nullopt if that is not kept.
    std::optional<std::size_t> findingCount() const;

    /// Whether the findings of the whole project are looked for by itself whenever the user pauses after an edit; true
    /// at first. Else checkProject() does.
    void setChecksByItself(bool checksByItself);

    /// Has them looked for now, if anything has changed since the last time.
    void checkProject();

    /// Has the window do as the user has set. What it looks like is for the whole application: see apply().
    void setSettings(const Settings &settings);

    /// Puts everything back to where it was when a window was closed last: its place, the perspective, the panes of
    /// each perspective; nothing if there is no such layout or it is of another version. What was pinned in this
    /// project is pinned again as soon as there is such a query.
    void restoreLayout();
    void saveLayout() const;

    /// The folder of the project that was looked at last and is still there; empty if there is none.
    static QString lastProject();

    /// A server that could be looked at.
    struct Server {
        quint64 process = 0;
        QString text; ///< "shop: nuages 0.1.0, process 123, for 5 minutes"
    };

    /// What the menu lists whenever it is opened.
    void setServers(std::function<std::vector<Server>()> list) { m_listServers = std::move(list); }

    /// Puts this window's project first among those of the menu. Whoever opens the first one ever is offered the demo's
    /// session beside it.
    void rememberProject();

    /// Shows a session that is over: nothing is typed, and no revision is the present one.
    void setRecorded(const QString &title);

    /// Writes the session into a file, and calls the second with what went wrong, if anything.
    using Saver = std::function<void(const QString &path, std::function<void(const QString &fault)> done)>;
    void setSaver(Saver saver);

    /// Whether what happens is kept in a session; true at first.
    void setRecords(bool records);

    /// Where sessions are kept by themselves.
    void setSessionFolder(const QString &folder);

    /// Puts the session first among those of the menu.
    static void rememberSession(const QString &path);

    /// Shows a sentence until it is closed.
    void tell(const QString &sentence);

protected:
    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

    /// Escape, wherever nothing else has a use for it: what is pinned is let go.
    void keyPressEvent(QKeyEvent *event) override;

    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

Q_SIGNALS:
    void closed();

    /// The user wants to look at the project in this folder, or at the session in this file. This window stays with its
    /// own.
    void projectAsked(const QString &path);

    /// The user wants to look at this server of an editor.
    void serverAsked(quint64 process);

    /// The user has set something else, which is saved and applied already.
    void settingsChanged(const nuages::views::Settings &settings);

    /// The user wants to look again at the server of which nothing more comes, or the one that has taken its place.
    void attachAgainAsked();

private:
    enum class Perspective { Why, Performance, Files, Protocol };

    void makePanes();
    void makePages(const std::map<QLatin1StringView, Pane *> &panes); ///< By the names of their docks.
    void makeTopBar();
    void makeCommands();
    void makeEditCommands();
    void makeMenus();
    void askForProject();
    void showRecent();
    void showServers();
    void comeToFront();
    void showEnd();
    void askForSession();
    void saveSession();
    void showRecentSessions();
    void addMenu(const QString &title, const QStringList &names);
    void makeStatusBar();
    void wire();
    QAction *command(const QString &name, const QString &text, const QKeySequence &keys, std::function<void()> run);
    QAction *commandNamed(const QString &name) const;
    void showFocus();
    void showCardMenu(quint32 node, QPoint position);
    void showLevelAbove();
    void leaveKinds();
    Page &showPage(QAnyStringView name);
    void goToPage(QAnyStringView name);
    void reveal(QWidget &widget);
    void goTo(QWidget &widget);
    void stepPane(int by);
    std::vector<QDockWidget *> docks() const;
    void showPerspective(Perspective perspective);
    void goToPerspective(Perspective perspective);
    void resetLayout();
    void keepPanes();
    bool restorePanes(Perspective perspective);
    void pinAsBefore();
    void pinFirst();
    SettingsDialog &showSettings();
    void openInEditor();
    void placeDocks();
    void sizeDocks();
    void showShortcuts();
    void showAbout();
    void exportPicture();
    void copyMarkdown();
    std::vector<Omnibox::Proposal> proposalsFor(const QString &text);
    void stepRevision(int by);
    void pickNode(quint32 node);
    void showPathTo(quint32 node);
    void followSelection();
    void bringIntoView(quint32 node);
    void refresh();
    void addBars(int first, int last);
    void updateBars(int first, int last);
    void showPicture();
    void showPins();
    void showFigures();
    void showPause();
    void showMessage(const EditorClient::Message &message);
    void showNotice(const QString &text, const QString &command = {});

    models::Inspection &m_inspection;
    link::Link &m_link;
    QString m_workspace;
    EditorClient *m_client;

    canvas::GraphCanvas *m_graph = nullptr;
    canvas::RevisionStrip *m_strip = nullptr;
    SourcePane *m_source = nullptr;
    WhyPane *m_why = nullptr;
    Pane *m_queriesPane = nullptr;
    Pane *m_billPane = nullptr;
    Pane *m_graphPane = nullptr;
    std::vector<Page *> m_pages; ///< As in the list of them.
    bool m_isFirstLook = true; ///< Nothing has changed and nothing was picked: all is new, and the kinds say most.
    Table *m_queries = nullptr;
    Table *m_neighbours = nullptr;
    QDockWidget *m_nodeDock = nullptr;
    QDockWidget *m_queriesDock = nullptr;
    QDockWidget *m_billDock = nullptr;
    QDockWidget *m_whyDock = nullptr;
    QDockWidget *m_listsDock = nullptr;
    QDockWidget *m_sourceDock = nullptr;
    QDockWidget *m_questionsDock = nullptr;

    Omnibox *m_omnibox = nullptr;
    QLabel *m_live = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_follow = nullptr;
    QToolButton *m_followButton = nullptr;
    QAction *m_back = nullptr;
    QAction *m_forward = nullptr;
    std::vector<QAction *> m_commands;
    QActionGroup *m_perspectives = nullptr;
    Perspective m_shownPerspective = Perspective::Why;
    bool m_isAsDefined = true; ///< No pane was moved, resized, shown or hidden since the perspective was chosen.
    std::array<QByteArray, 4> m_panes; ///< How the user has left each perspective; empty: as it is defined.
    std::vector<ElidedLabel *> m_figures;
    ElidedLabel *m_serving = nullptr;
    QLabel *m_notice = nullptr; ///< What the server has said to the user last.
    QPushButton *m_noticeAct = nullptr; ///< What can be done about it; hidden if nothing can.
    QString m_noticeCommand; ///< Its name.
    QWidget *m_noticeRow = nullptr;
    QMenu *m_recent = nullptr;
    QMenu *m_servers = nullptr;
    QAction *m_detach = nullptr;
    QAction *m_attachAgain = nullptr;
    std::function<std::vector<Server>()> m_listServers;
    bool m_hasEnded = false; ///< Nothing more comes from the server that was looked at.
    QMenu *m_recentSessions = nullptr;
    Saver m_saver; ///< None while there is nothing to save.
    QString m_sessionFolder;
    bool m_isRecorded = false;
    bool m_records = true;
    Settings m_settings;
    QString m_pinnedBefore; ///< Name of the query that was pinned in the last window; empty: none, or it is found.
    bool m_pinsFirst = false; ///< The first answer stays.

    QTimer m_checkSoon; ///< Runs from an edit to the end of the pause after it.
    bool m_checksByItself = true;
    quint32 m_shownLast = 0; ///< The revision for which the pause runs, or has run.
    quint32 m_checkedRevision = 0; ///< The one that the last check was asked for in.
};

} // namespace nuages::views
