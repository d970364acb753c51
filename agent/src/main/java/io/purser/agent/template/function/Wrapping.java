package io.purser.agent.template.function;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.GoText;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Wraps text at blanks, as goutils does; widths are in bytes. */
final class Wrapping {
    private Wrapping() {}

    static String wrap(String text, long wantedWidth, String newLine, boolean breakLongWords) {
        byte[] input = GoText.bytes(text);
        byte[] separator = GoText.bytes(newLine.isEmpty() ? "\n" : newLine);
        int width = (int) Math.max(1, Math.min(wantedWidth, Integer.MAX_VALUE / 2));
        ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
        int offset = 0;
        while (input.length - offset > width) {
            if (input[offset] == ' ') {
                offset++;
                continue;
            }
            int end = lineEnd(input, offset, width, breakLongWords);
            wrapped.writeBytes(Arrays.copyOfRange(input, offset, end));
            if (end == input.length) {
                return GoText.of(wrapped.toByteArray());
            }
            wrapped.writeBytes(separator);
            Bounds.checkText(wrapped.size());
            offset = input[end] == ' ' && !(breakLongWords && end == offset + width && !hasBlank(input, offset, width))
                    ? end + 1
                    : end;
        }
        wrapped.writeBytes(Arrays.copyOfRange(input, offset, input.length));
        return GoText.of(wrapped.toByteArray());
    }

    private static boolean hasBlank(byte[] input, int offset, int width) {
        return lastBlank(input, offset, width) >= 0;
    }

    /** The last blank within the width and one more byte, or -1. */
    private static int lastBlank(byte[] input, int offset, int width) {
        for (int i = offset + width; i >= offset; i--) {
            if (input[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] input, int offset, int width, boolean breakLongWords) {
        int blank = lastBlank(input, offset, width);
        if (blank >= 0) {
            return blank;
        }
        if (breakLongWords) {
            return offset + width;
        }
        int end = offset + width;
        while (end < input.length && input[end] != ' ') {
            end++;
        }
        return end;
    }
}
