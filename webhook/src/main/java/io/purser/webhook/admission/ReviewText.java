package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.purser.webhook.pod.PodReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a review, and its gaps: where the reviews of one rollout's pods differ. These are the request's UID, the times in the pod's managed fields,
 * which decide nothing, and the random end of the name of the volume in which the API server gives each pod its token.
 */
final class ReviewText {

    /** As the API server's admission plugin ServiceAccount names the volume, before five letters and digits of its own. */
    private static final String TOKEN_VOLUME = "kube-api-access-";

    private static final int RANDOM = 5;
    private static final String UID = "/request/uid";
    private static final Pattern TIME = Pattern.compile("/request/object/metadata/managedFields/[0-9]+/time");
    private static final Pattern VOLUME = Pattern.compile(
            "/request/object/spec/(volumes/[0-9]+|(initContainers|containers)/[0-9]+/volumeMounts/[0-9]+)/name");

    private final byte[] text;
    private final List<Gap> gaps;
    private final Gap uid;
    private final @Nullable Gap volume;

    private ReviewText(byte[] text, List<Gap> gaps, Gap uid, @Nullable Gap volume) {
        this.text = text;
        this.gaps = gaps;
        this.uid = uid;
        this.volume = volume;
    }

    /**
     * Finds the gaps of a text.
     *
     * @param body a review that could be read, in its first {@code length} bytes
     * @return null where others cannot be told to be like it: it has not one UID, several volumes are named as the token's is, or such a name stands
     *     elsewhere, where the planner could tell it from another
     */
    static @Nullable ReviewText of(byte[] body, int length) {
        byte[] text = Arrays.copyOf(body, length);
        List<Gap> gaps = new ArrayList<>();
        try (JsonParser parser = PodReader.JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Gap gap = token == JsonToken.VALUE_STRING ? gap(parser) : null;
                if (gap != null) {
                    gaps.add(gap);
                } else if (isText(token) && parser.getText().contains(TOKEN_VOLUME)) {
                    return null;
                }
            }
        } catch (IOException e) {
            return null; // it was read a moment ago
        }
        List<Gap> uids = some(Kind.UID, gaps);
        if (uids.size() != 1) {
            return null;
        }
        List<Gap> volumes = some(Kind.VOLUME, gaps);
        ReviewText found = new ReviewText(text, gaps, uids.get(0), volumes.isEmpty() ? null : volumes.get(0));
        return found.isOf(text, length) ? found : null; // else what stands in the gaps is not what others have there
    }

    private static boolean isText(JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
    }

    private static List<Gap> some(Kind kind, List<Gap> gaps) {
        List<Gap> some = new ArrayList<>();
        for (Gap gap : gaps) {
            if (gap.kind() == kind) {
                some.add(gap);
            }
        }
        return some;
    }

    /** The gap in the string at which the parser stands, or null. With an escape in it the string would be longer, and not plain. */
    private static @Nullable Gap gap(JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset() + 1; // after the quotation mark
        int to = from + parser.getTextLength();
        String path = parser.getParsingContext().pathAsPointer().toString();
        if (path.equals(UID)) {
            return new Gap(Kind.UID, from, to);
        }
        if (TIME.matcher(path).matches()) {
            return new Gap(Kind.TIME, from, to);
        }
        boolean isTokens = to - from == TOKEN_VOLUME.length() + RANDOM
                && parser.getText().startsWith(TOKEN_VOLUME)
                && VOLUME.matcher(path).matches();
        return isTokens ? new Gap(Kind.VOLUME, to - RANDOM, to) : null;
    }

    /** Whether another review differs in its gaps at most, so that its pod is a twin. */
    boolean isOf(byte[] other, int length) {
        if (length != text.length) {
            return false;
        }
        int from = 0;
        for (Gap gap : gaps) {
            if (!Arrays.equals(text, from, gap.from(), other, from, gap.from())
                    || !gap.isPlain(other)
                    || (gap.kind() == Kind.VOLUME && volume != null && !gap.isSame(volume, other))) {
                return false;
            }
            from = gap.to();
        }
        return Arrays.equals(text, from, length, other, from, length);
    }

    /** The UID in a review that is like this one. */
    String uid(byte[] other) {
        return uid.in(other);
    }

    /** The name that the API server gave to the volume of the pod's token, in a review that is like this one; null where the pod has none. */
    @Nullable
    String tokenVolume(byte[] other) {
        return volume == null ? null : TOKEN_VOLUME + volume.in(other);
    }

    private enum Kind {
        UID,
        TIME,
        VOLUME
    }

    /** A part of a string, from one byte to before another. */
    private record Gap(Kind kind, int from, int to) {

        /** Whether what stands here needs no escape; then it cannot end its string either. */
        boolean isPlain(byte[] text) {
            for (int i = from; i < to; i++) {
                byte c = text[i];
                boolean isSmall = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                boolean isAlsoPlain = (c >= 'A' && c <= 'Z') || c == '-' || c == ':' || c == '.';
                if (!isSmall && (kind == Kind.VOLUME || !isAlsoPlain)) {
                    return false;
                }
            }
            return true;
        }

        boolean isSame(Gap other, byte[] text) {
            return Arrays.equals(text, from, to, text, other.from, other.to);
        }

        String in(byte[] text) {
            return new String(text, from, to - from, US_ASCII);
        }
    }
}
