"""RapidOCR as a peer for recognizer_speed.py. Runs in an environment of its own.

    python rapid_peer.py --list FILE --rounds N [--upright]

FILE names a picture a line. Prints a line of JSON for each picture: its lines (text, corners), and the seconds and
processor seconds of N rounds after a first one that is not counted. RapidOCR's own settings on its OpenVINO engine;
`--upright` leaves out the network that turns lines it holds to stand on their head. Imports nothing of Nearside.
"""

import argparse
import json
import sys
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", required=True)
    parser.add_argument("--upright", action="store_true")
    parser.add_argument("--rounds", type=int, required=True)
    options = parser.parse_args()
    sys.modules["openvino_telemetry"] = None  # looks up a host at the import otherwise
    import cv2
    from rapidocr import EngineType, RapidOCR

    settings = {f"{part}.engine_type": EngineType.OPENVINO for part in ("Det", "Cls", "Rec")}
    read = RapidOCR(params={**settings, "Global.use_cls": not options.upright})
    for path in Path(options.list).read_text(encoding="utf-8").splitlines():
        picture = cv2.imread(path)
        found, seconds, spent = read(picture), [], []
        for _ in range(options.rounds):
            began, worked = time.perf_counter(), time.process_time()
            found = read(picture)
            seconds.append(time.perf_counter() - began)
            spent.append(time.process_time() - worked)
        lines = [] if found.txts is None else zip(found.txts, found.boxes.tolist())  # noqa: B905 (any Python 3)
        told = {"lines": [[text, box] for text, box in lines], "seconds": seconds, "processor": spent}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
