package io.purser.webhook.policy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function made of texts that come again and again, so that it need not be made anew. Who calls the function sees no difference. Bounded,
 * and thread-safe: two who remember at once may forget one of the two.
 */
final class Remembered<V> {

    private final int most;
    private final int longest;
    private volatile Map<String, V> known = Map.of();

    /**
     * Nothing yet.
     *
     * @param most texts; one more, and all are forgotten
     * @param longest characters of a text; longer ones are not kept
     */
    Remembered(int most, int longest) {
        this.most = most;
        this.longest = longest;
    }

    /** What was made of the text, or null when it is not known. */
    @Nullable
    V get(String text) {
        return known.get(text);
    }

    void put(String text, V made) {
        if (text.length() <= longest) {
            Map<String, V> next = known.size() < most ? new HashMap<>(known) : new HashMap<>();
            next.put(text, made);
            known = next;
        }
    }
}
