package io.purser.local.template;

import java.util.ArrayList;
import java.util.List;

/** Shows where two texts differ, line by line, with blanks at line ends made visible. */
final class TextDiff {
    private static final int MAX_LINES = 2_000;

    /** Lines only in the expected text begin with a minus, those only in the actual one with a plus. */
    String between(String expected, String actual) {
        List<String> left = lines(expected);
        List<String> right = lines(actual);
        int[][] common = common(left, right);
        StringBuilder diff = new StringBuilder();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
                diff.append("  ").append(left.get(i)).append('\n');
                i++;
                j++;
            } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
                diff.append("- ").append(left.get(i++)).append('\n');
            } else {
                diff.append("+ ").append(right.get(j++)).append('\n');
            }
        }
        return diff.toString().stripTrailing();
    }

    /** All lines as added ones. */
    String added(String text) {
        return between("", text);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(visible(text.substring(start, end)));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(visible(text.substring(start)) + "␄ (no newline at the end)");
        }
        return lines.size() > MAX_LINES ? lines.subList(0, MAX_LINES) : lines;
    }

    private static String visible(String line) {
        String stripped = line.stripTrailing();
        return stripped
                + line.substring(stripped.length())
                        .replace(' ', '·')
                        .replace('\t', '→')
                        .replace('\r', '␍');
    }

    /** The length of the longest common run of lines from each pair of positions on. */
    private static int[][] common(List<String> left, List<String> right) {
        int[][] common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                common[i][j] = left.get(i).equals(right.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
