<?php
// The web application of the contract: it runs checks with the environment that the server gives it.
header('Content-Type: text/plain');
passthru('/bin/bash -c "$CONTRACT_RUN" 2>&1');
