package io.purser.local.bench;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** How throughput, latency and memory grow, as a picture of three panels with logarithmic axes. */
final class ScalePlot {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 260;
    private static final int TOP = 40;
    private static final int BOTTOM = 210;
    private static final int LEFT = 50;
    private static final int RIGHT = 285;
    private static final List<String> COLOURS = List.of("#0a6", "#c33");

    private final String across;
    private final Map<String, TreeMap<Integer, Measured>> series = new LinkedHashMap<>();

    /** A picture without points; {@code across} names what grows to the right. */
    ScalePlot(String across) {
        this.across = across;
    }

    void add(String name, int x, Measured measured) {
        series.computeIfAbsent(name, ignored -> new TreeMap<>()).put(x, measured);
    }

    String svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + 3 * WIDTH + " " + HEIGHT
                + "\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
                + panel(0, "reviews per second", measured -> measured.load().perSecond())
                + panel(1, "p99, ms", measured -> measured.load().p99())
                + panel(2, "RSS, MiB", Measured::rss)
                + "</svg>\n";
    }

    private String panel(int number, String title, ToDoubleFunction<Measured> figure) {
        if (series.isEmpty()) {
            return "";
        }
        DoubleSummaryStatistics figures = series.values().stream()
                .flatMap(points -> points.values().stream())
                .mapToDouble(figure)
                .summaryStatistics();
        Axis y = Axis.around(figures.getMin(), figures.getMax(), BOTTOM, TOP);
        int highest = series.values().stream().mapToInt(TreeMap::lastKey).max().orElseThrow();
        Axis x = Axis.around(1, highest, LEFT, RIGHT);
        StringBuilder panel = new StringBuilder("<g transform=\"translate(" + number * WIDTH + ",0)\">\n");
        panel.append(text((LEFT + RIGHT) / 2, 18, "middle", title))
                .append(text((LEFT + RIGHT) / 2, 240, "middle", across));
        for (double tick : y.ticks()) {
            int at = y.at(tick);
            panel.append("<line x1=\"" + LEFT + "\" x2=\"" + RIGHT + "\" y1=\"" + at + "\" y2=\"" + at
                            + "\" stroke=\"#ddd\"/>")
                    .append(text(LEFT - 6, at + 4, "end", number(tick)));
        }
        for (double tick : x.ticks()) {
            panel.append(text(x.at(tick), BOTTOM + 15, "middle", number(tick)));
        }
        int line = 0;
        for (Map.Entry<String, TreeMap<Integer, Measured>> entry : series.entrySet()) {
            String colour = COLOURS.get(line);
            StringBuilder points = new StringBuilder();
            entry.getValue().forEach((at, measured) -> points.append(x.at(at))
                    .append(',')
                    .append(y.at(figure.applyAsDouble(measured)))
                    .append(' '));
            panel.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + colour + "\" points=\"" + points
                            + "\"/>")
                    .append("<text x=\"" + (LEFT + 8) + "\" y=\"" + (TOP + 12 + 14 * line) + "\" fill=\"" + colour
                            + "\">" + entry.getKey() + "</text>\n");
            line++;
        }
        return panel.append("</g>\n").toString();
    }

    private static String text(int x, int y, String anchor, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">" + text + "</text>\n";
    }

    private static String number(double value) {
        return value < 1 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%,.0f", value);
    }

    /** A logarithmic axis from one power of ten to another. */
    private record Axis(double from, double to, int first, int last) {

        static Axis around(double least, double most, int first, int last) {
            double from = Math.pow(10, Math.floor(Math.log10(least)));
            double to = Math.pow(10, Math.ceil(Math.log10(most)));
            return new Axis(from, to > from ? to : from * 10, first, last);
        }

        int at(double value) {
            return (int) Math.round(first + (last - first) * Math.log(value / from) / Math.log(to / from));
        }

        List<Double> ticks() {
            return DoubleStream.iterate(from, tick -> tick <= to * 1.001, tick -> tick * 10)
                    .boxed()
                    .toList();
        }
    }
}
