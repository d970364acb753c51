package io.purser.webhook.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the review of one pod was answered, for its twins: each has a UID of its own, and a name of its own for the volume of its token wherever that
 * stands in the patch.
 */
final class KnownAnswer {

    /** The first of an answer is the request's; in a text there is a backslash before a quotation mark. */
    private static final String UID = "\"uid\":\"";

    private static final String PATCH = "\"patch\":\"";
    private static final int BYTES = 3; // Base64 makes four letters of three bytes
    private static final int LETTERS = 4;

    private final Answer answer;
    private final byte[] patch;
    private final @Nullable String volume;
    private final boolean confirmed;
    private final int uidPlace;
    private final int patchPlace;
    private final List<Integer> volumePlaces;

    /**
     * An answer that serves for twins with the same name only, until it is confirmed.
     *
     * @param patch that the answer holds in Base64; empty where it has none
     * @param volume the name of the volume of the pod's token; null where there is none
     */
    KnownAnswer(Answer answer, byte[] patch, @Nullable String volume) {
        this(answer, patch, volume, false);
    }

    private KnownAnswer(Answer answer, byte[] patch, @Nullable String volume, boolean confirmed) {
        this.answer = answer;
        this.patch = patch;
        this.volume = volume;
        this.confirmed = confirmed;
        String text = new String(answer.json(), ISO_8859_1); // a byte is a character
        this.uidPlace = text.indexOf(UID) + UID.length();
        this.patchPlace = text.indexOf(PATCH) + PATCH.length();
        this.volumePlaces = volume == null ? List.of() : places(new String(patch, ISO_8859_1), volume);
    }

    private static List<Integer> places(String patch, String volume) {
        List<Integer> places = new ArrayList<>();
        for (int place = patch.indexOf(volume); place >= 0; place = patch.indexOf(volume, place + volume.length())) {
            places.add(place);
        }
        return places;
    }

    /**
     * The answer for a twin.
     *
     * @param uid as long as the first one's, and without need of an escape
     * @param its the name of the volume of its token, likewise; null where there is none
     * @return null while that cannot be said
     */
    @Nullable
    Answer of(String uid, @Nullable String its) {
        boolean isNamedAlike = Objects.equals(volume, its);
        if (!isNamedAlike && (!confirmed || its == null)) {
            return null;
        }
        byte[] json = answer.json().clone();
        System.arraycopy(uid.getBytes(US_ASCII), 0, json, uidPlace, uid.length());
        if (!isNamedAlike && its != null) {
            rename(json, its.getBytes(US_ASCII));
        }
        return new Answer(json, uid, answer.namespace(), answer.pod(), answer.decision(), true);
    }

    private void rename(byte[] json, byte[] name) {
        byte[] renamed = patch.clone();
        for (int place : volumePlaces) {
            System.arraycopy(name, 0, renamed, place, name.length);
        }
        for (int place : volumePlaces) {
            int from = place / BYTES * BYTES;
            int to = Math.min((place + name.length + BYTES - 1) / BYTES * BYTES, renamed.length);
            byte[] letters = Base64.getEncoder().encode(Arrays.copyOfRange(renamed, from, to));
            System.arraycopy(letters, 0, json, patchPlace + from / BYTES * LETTERS, letters.length);
        }
    }

    /** The same for twins with any name, if a twin that was planned would have got the same from it; else null. */
    @Nullable
    KnownAnswer confirmedBy(Answer planned, @Nullable String its) {
        KnownAnswer any = new KnownAnswer(answer, patch, volume, true);
        Answer same = any.of(planned.uid(), its);
        boolean isSame = same != null
                && Arrays.equals(same.json(), planned.json())
                && same.decision()
                        .reason()
                        .sentence()
                        .equals(planned.decision().reason().sentence());
        return isSame ? any : null;
    }
}
