package norma.conformance.check;

import norma.abi.Code;
import norma.model.ipc.ResultCode;

/** The model's result codes as ABI codes. */
final class Codes {
    private Codes() {}

    /** The model's code of an ABI code; an "ok" may be an answer. */
    static ResultCode result(int code) {
        for (ResultCode result : ResultCode.values()) {
            if (result != ResultCode.OK && result != ResultCode.NONE && of(result) == code) {
                return result;
            }
        }
        return ResultCode.NONE;
    }

    static int of(ResultCode code) {
        return switch (code) {
            case NONE -> 0xff;
            case OK, ANSWER -> Code.OK;
            case DEAD -> Code.DEAD;
            case BADTAG -> Code.BADTAG;
            case ORPHANED -> Code.ORPHANED;
            case CANCELLED -> Code.CANCELLED;
            case TIMEOUT -> Code.TIMEOUT;
            case NOCALL -> Code.NOCALL;
            case BUSY -> Code.BUSY;
            case INVALID -> Code.INVALID;
            case MESSAGE -> Code.MSG;
        };
    }
}
