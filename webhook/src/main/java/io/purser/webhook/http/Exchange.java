package io.purser.webhook.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One request for admission, from its head to its answer. Lives on one event loop. */
final class Exchange {

    /** A body over the limit is read on and thrown away up to this many times the limit, so that its sender gets to read why. */
    private static final int DISCARDED = 4;

    private static final byte[] NOTHING = {};
    private static final int SMALL = 16 << 10;
    private static final int LARGE = 64 << 10;

    private final HttpServerRequest request;
    private final AdmissionRoute route;
    private final @Nullable String policy;
    private final boolean counted;
    private final long timer;
    private final long announced;
    private byte[] body = NOTHING;
    private int length;
    private long received;
    private int status;
    private String sentence = "";
    private boolean ended;

    Exchange(HttpServerRequest request, AdmissionRoute route, @Nullable String policy, boolean counted) {
        this.request = request;
        this.route = route;
        this.policy = policy;
        this.counted = counted;
        this.announced = length(request);
        this.timer = route.vertx().setTimer(route.limits().deadline().toMillis(), id -> late());
    }

    /** Begins to read the body; the answer is sent when it is whole. */
    void begin() {
        request.response().closeHandler(gone -> end());
        request.response().endHandler(sent -> end());
        request.exceptionHandler(broken -> end());
        request.handler(this::chunk);
        request.endHandler(whole -> whole());
        boolean asksFirst = "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
        if (announced > route.limits().body()) {
            tooLarge();
            if (asksFirst) {
                refuse();
            }
        } else if (asksFirst) {
            request.response().writeContinue();
        }
    }

    private static long length(HttpServerRequest request) {
        String header = request.getHeader("Content-Length");
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0; // the HTTP decoder has its own opinion of such a request
        }
    }

    private void chunk(Buffer chunk) {
        received += chunk.length();
        if (status != 0) {
            if (received > (long) DISCARDED * route.limits().body()) {
                refuse();
            }
            return;
        }
        if (received > route.limits().body()) {
            tooLarge();
        } else if (!route.load().buffer(chunk.length())) {
            refuseWith(429, "The webhook holds as many reviews as it has memory for; try again.");
        } else {
            append(chunk);
        }
    }

    private void append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > body.length) {
            // The announced length is a claim: more than LARGE is given only for bytes that came.
            long capacity = length == 0
                    ? Math.min(announced > 0 ? announced : SMALL, LARGE)
                    : announced > 0 ? Math.min(announced, 2L * needed) : 2L * needed;
            body = Arrays.copyOf(body, (int) Math.max(needed, capacity));
        }
        chunk.getBytes(body, length);
        length = needed;
    }

    private void whole() {
        if (status != 0) {
            refuse();
        } else if (!ended) {
            route.answer(request, new AdmissionRoute.Body(body, length, policy, counted));
        }
    }

    private void late() {
        status = 408;
        sentence = "The review did not arrive whole within "
                + route.limits().deadline().toMillis() + " ms.";
        refuse();
    }

    private void tooLarge() {
        refuseWith(413, "The review is larger than " + route.limits().body() + " bytes, which is the limit.");
    }

    /** The answer to give once the body has passed by. */
    private void refuseWith(int code, String why) {
        status = code;
        sentence = why;
        body = NOTHING;
    }

    private void refuse() {
        if (ended) {
            return;
        }
        if (status == 429) {
            route.refuse(request, status, sentence);
        } else {
            route.refuseUnread(request, status, sentence);
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            route.vertx().cancelTimer(timer);
            route.load().end(length);
            body = NOTHING;
        }
    }
}
