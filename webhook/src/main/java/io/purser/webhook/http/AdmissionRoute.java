package io.purser.webhook.http;

import io.purser.webhook.admission.Answer;
import io.purser.webhook.admission.MalformedReviewException;
import io.purser.webhook.admission.Reviewer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests for admission of one event loop. */
final class AdmissionRoute {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionRoute.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private final Vertx vertx;
    private final Limits limits;
    private final Shared shared;
    private final LoopDelay delay;

    /** What all event loops share. */
    record Shared(Supplier<Reviewer> reviewer, Load load, Metrics metrics, Connections connections) {}

    AdmissionRoute(Vertx vertx, Limits limits, Shared shared) {
        this.vertx = vertx;
        this.limits = limits;
        this.shared = shared;
        this.delay = LoopDelay.measuredOn(vertx);
    }

    Vertx vertx() {
        return vertx;
    }

    Limits limits() {
        return limits;
    }

    Load load() {
        return shared.load();
    }

    /**
     * Takes a request on, or says why not.
     *
     * @param policy the policy that the path names; null for the default
     * @param counted whether the metrics and the log should know of it
     */
    void handle(HttpServerRequest request, @Nullable String policy, boolean counted) {
        if (!HttpMethod.POST.equals(request.method())) {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            refuse(request, 405, "An AdmissionReview is sent with POST, not " + request.method() + ".");
        } else if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            refuse(request, 400, "The Content-Type must be application/json.");
        } else if (delay.lasting().compareTo(limits.queueing()) > 0
                || !shared.load().begin()) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            refuse(request, 429, "The webhook has more requests than it can answer in time; try again.");
        } else {
            new Exchange(request, this, policy, counted).begin();
        }
    }

    /** Reviews a whole body and sends the answer. */
    void answer(HttpServerRequest request, Body body) {
        long start = System.nanoTime();
        try {
            Answer answer = shared.reviewer().get().review(body.bytes(), body.length(), body.policy());
            shared.connections().answering(request, false);
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(answer.json()));
            if (body.counted()) {
                long nanos = System.nanoTime() - start;
                shared.metrics().reviewed(answer, nanos);
                DecisionLog.log(answer, nanos);
            }
        } catch (MalformedReviewException e) {
            refuse(request, 400, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            // Its message may quote the pod, so only where it came from is logged.
            LOG.error(
                    "A review failed with {} at {}; this is a fault of Purser's, please report it.",
                    e.getClass().getName(),
                    Arrays.stream(e.getStackTrace()).limit(20).toList());
            refuse(request, 500, "The webhook failed on this review; its log says where.");
        }
    }

    /** Sends a status and a sentence in the place of a review. */
    void refuse(HttpServerRequest request, int status, String sentence) {
        refuse(request, status, sentence, false);
    }

    /** The same for a request whose body is not read to its end. */
    void refuseUnread(HttpServerRequest request, int status, String sentence) {
        refuse(request, status, sentence, true);
    }

    private void refuse(HttpServerRequest request, int status, String sentence, boolean isLast) {
        shared.metrics().refused(status);
        shared.connections().answering(request, isLast);
        Sentences.send(request, status, sentence).onComplete(sent -> Connections.answered(request, isLast));
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.trim().toLowerCase(Locale.ROOT).equals("application/json");
    }

    /**
     * A whole body.
     *
     * @param bytes the body in the first {@code length}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared: handed from the socket to the reader
    record Body(byte[] bytes, int length, @Nullable String policy, boolean counted) {}
}
