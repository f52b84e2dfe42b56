#pragma once

#include "ui/canvas/scene.h"
#include "ui/canvas/theme.h"

#include <QFont>
#include <QHash>
#include <QTransform>

#include <optional>

class QPainter;

namespace nuages::canvas {

inline constexpr double leastNamed = 11; ///< So high is a card at least that has its name on it.

/// How much of a card there is room for, by its height on the screen.
enum class Detail {
    Density, ///< Below 2 px: cards that fall on the same pixels share a box, the weightiest outcome wins.
    Blocks, ///< Below 8 px: a box in the colour of the outcome.
    Marks, ///< Below 24 px: box, glyph, and the title if it fits.
    Full,
};

/// A card is wider than high; when the rows get thin, the columns stay wide enough for the names of the kinds.
struct Zoom {
    double factor = 1;
    double unit = 1; ///< Pixels of the screen for one of the natural size: more for a larger font.
    std::optional<double> width; ///< The factor of the width, where it is not that of the height.

    double across() const { return unit * width.value_or(factor < 0.5 ? 0.5 : factor); }
    double down() const { return unit * factor; }
    Detail detail() const;
};

/// Draws cards, batched by outcome. Keeps shortened texts between frames.
class CardPainter
{
public:
    CardPainter(const Theme &theme, const QFont &font);

    const Theme &theme() const { return m_theme; }

    /// Draws `cards`, whose scene `toScreen` maps. Returns how many boxes it drew: the number of cards, or fewer where
    /// several share a box.
    int paint(QPainter &painter, const std::vector<const Card *> &cards, const QTransform &toScreen, Detail detail);

    /// `text` shortened to `width` pixels: of a path the folders, so that the name of the file is read.
    QString fitted(const QString &text, const QFont &font, double width);

private:
    void paintShares(QPainter &painter, const Card &card, const QRectF &box) const;
    void paintSigns(QPainter &painter, const Card &card, const QRectF &box) const;
    void paintFull(QPainter &painter, const std::vector<const Card *> &cards, double factor);
    void paintMarks(QPainter &painter, const std::vector<const Card *> &cards, const QTransform &toScreen);
    int paintBoxes(QPainter &painter, const std::vector<const Card *> &cards, const QTransform &toScreen,
                   double mergeBelow);

    /// A text that was shortened: to how many pixels, in what size of font.
    struct Fitting {
        QString text;
        int pixels = 0;
        int fontSize = 0;

        friend bool operator==(const Fitting &, const Fitting &) = default;
        friend std::size_t qHash(const Fitting &key, std::size_t seed = 0)
        {
            return qHashMulti(seed, key.text, key.pixels, key.fontSize);
        }
    };

    Theme m_theme;
    double m_unit;
    QFont m_title;
    QFont m_subtitle;
    QHash<Fitting, QString> m_fitted;
};

} // namespace nuages::canvas
